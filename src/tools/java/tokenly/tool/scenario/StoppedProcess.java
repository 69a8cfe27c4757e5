package tokenly.tool.scenario;

import java.time.Duration;
import java.util.Map;
import tokenly.tool.Polling;
import tokenly.tool.server.TokenlyServer;

/** Guide 3.2: SIGSTOP for 10 s and SIGCONT, first the server, then the client. */
final class StoppedProcess implements Scenario {

    private static final Duration STOPPED = Duration.ofSeconds(10);

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(
                Map.of("TOKENLY_HEARTBEAT_INTERVAL_MS", "2000", "TOKENLY_HEARTBEAT_TIMEOUT_MS", "5000"));
        GuideClient client = testbed.startClient(
                server.rtc(), "--heartbeat", "2000", "--heartbeat-timeout", "2000", "--connect-timeout", "2000");

        testbed.step("서버를 10초 동안 멈춥니다 (SIGSTOP)", "stop the server for 10 s (SIGSTOP)");
        Signals.send("STOP", server.pid());
        client.await(GuideClient.CLOSED);
        client.await(GuideClient.RETRY);
        Polling.pass(STOPPED);
        testbed.step("서버를 계속 실행합니다 (SIGCONT)", "let the server go on (SIGCONT)");
        Signals.send("CONT", server.pid());
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, "connected", 1, "클라이언트가 돌아왔습니다:", "the client is back:");

        testbed.step("클라이언트를 10초 동안 멈춥니다 (SIGSTOP)", "stop the client for 10 s (SIGSTOP)");
        client.signal("STOP");
        testbed.awaitStatus(
                server,
                "reconnecting",
                1,
                "서버가 침묵을 알아차렸고 세션이 기다립니다:",
                "the server has noticed the silence, and the session waits:");
        Polling.pass(STOPPED);
        testbed.step("클라이언트를 계속 실행합니다 (SIGCONT)", "let the client go on (SIGCONT)");
        client.signal("CONT");
        client.await(GuideClient.CLOSED);
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, "connected", 1, "클라이언트가 돌아왔습니다:", "the client is back:");
    }
}
