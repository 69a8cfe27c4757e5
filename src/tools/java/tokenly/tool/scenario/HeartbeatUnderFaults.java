package tokenly.tool.scenario;

import java.util.Map;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.TokenlyServer;

/** Guide 4.4: the heartbeat bears 100 ms of delay; when everything is swallowed it ends in a timeout and a reconnect. */
final class HeartbeatUnderFaults implements Scenario {

    /** Heartbeats that must pass under delay before it counts as borne. */
    private static final int HEARTBEATS = 3;

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(
                Map.of("TOKENLY_HEARTBEAT_INTERVAL_MS", "1000", "TOKENLY_HEARTBEAT_TIMEOUT_MS", "4000"));
        FaultProxy proxy = testbed.startProxy(server);

        testbed.step("양방향에 100ms 지연을 넣습니다", "add 100 ms of delay in both directions");
        proxy.add(Fault.parse("latency=100ms,jitter=20ms"));
        GuideClient client = testbed.startClient(
                Testbed.rtc(proxy), "--heartbeat", "1000", "--heartbeat-timeout", "2000", "--connect-timeout", "2000");
        for (int i = 0; i < HEARTBEATS; i++) {
            long before = proxy.counters().upstream().passed();
            testbed.await(
                    () -> proxy.counters().upstream().passed() > before,
                    "하트비트가 지연을 견딥니다",
                    "the heartbeat bears the delay");
        }
        testbed.awaitStatus(server, status -> status.state().equals("connected"), "연결은 그대로입니다:", "still connected:");

        testbed.step("아무것도 통과하지 못하게 합니다 (blackhole)", "let nothing pass any more (blackhole)");
        proxy.add(Fault.BLACKHOLE);
        client.await("1006");
        client.await(GuideClient.RETRY);
        testbed.awaitStatus(
                server,
                "reconnecting",
                1,
                "서버도 알아차렸고 세션이 기다립니다:",
                "the server has noticed, too, and the session waits:");

        testbed.step("다시 통과시킵니다", "let it pass again");
        proxy.clear();
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, status -> status.state().equals("connected"), "돌아왔습니다:", "it is back:");
    }
}
