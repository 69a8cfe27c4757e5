package tokenly.tool.scenario;

import java.util.Map;
import tokenly.tool.server.TokenlyServer;

/** Guide 4.1: the client loses its connection, comes back by itself, and the server's status shows every step. */
final class NormalReconnect implements Scenario {

    /** The guide's client waits for 1 s; here for 3, so that a look at the status falls into the outage on a busy machine, too. */
    private static final String[] DELAYS = {"--delays", "3000,3000,3000,3000,3000"};

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        testbed.awaitStatus(
                server, status -> status.state().equals("disconnected"), "아직 아무도 없습니다:", "no client is there yet:");
        GuideClient client = testbed.startClient(server.rtc(), DELAYS);
        testbed.awaitStatus(server, "connected", 1, "연결되었습니다:", "connected:");

        testbed.step("f 키: 네트워크 실패를 시뮬레이션합니다", "key f: simulate a network failure");
        client.press('f');
        client.await("💥");
        client.await("1006");
        client.await("1/5");
        testbed.awaitStatus(server, "reconnecting", 1, "세션이 기다립니다:", "the session waits:");

        client.await(GuideClient.CONNECTED);
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(
                server,
                status -> status.state().equals("connected")
                        && status.activeSessions() == 1
                        && status.reconnectAttempts() == 0
                        && status.lastAttempt().isPresent(),
                "돌아왔습니다:",
                "it is back:");

        testbed.step("r 키: 수동으로 재연결합니다", "key r: reconnect by hand");
        client.press('r');
        client.await(GuideClient.CLOSED);
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, status -> status.activeSessions() == 1, "세션은 하나입니다:", "there is one session:");

        testbed.step("q 키: 종료합니다", "key q: quit");
        client.press('q');
        testbed.check(client.awaitExit() == 0, "클라이언트가 0으로 끝났습니다", "the client ended with 0");
        testbed.awaitStatus(server, "disconnected", 0, "세션이 끝났습니다:", "the session has ended:");
    }
}
