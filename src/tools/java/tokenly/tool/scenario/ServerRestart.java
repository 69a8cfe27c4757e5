package tokenly.tool.scenario;

import java.util.Map;
import tokenly.tool.server.TokenlyServer;

/** Guide 4.3: the server is stopped and started again, and killed and started again; the client comes back by itself. */
final class ServerRestart implements Scenario {

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        GuideClient client = testbed.startClient(server.rtc());

        testbed.step("서버를 정상 종료합니다", "stop the server");
        server.stop();
        String goodbye = client.await(GuideClient.CLOSED).text();
        testbed.check(
                goodbye.contains("1001") || goodbye.contains("1012"),
                "서버가 종료를 알렸습니다 (1001 또는 1012)",
                "the server said that it stops (1001 or 1012)");
        restart(testbed, server, client);

        testbed.step("서버를 kill -9 합니다", "kill -9 the server");
        server.kill();
        String lost = client.await(GuideClient.CLOSED).text();
        testbed.check(lost.contains("1006"), "연결이 말없이 끊겼습니다 (1006)", "the connection broke without a word (1006)");
        restart(testbed, server, client);
    }

    private static void restart(Testbed testbed, TokenlyServer server, GuideClient client) {
        client.await(GuideClient.RETRY);
        testbed.step("서버를 다시 시작합니다", "start the server again");
        server.start();
        client.await(GuideClient.CONNECTED);
        client.await(GuideClient.ANSWERED);
        testbed.awaitStatus(server, "connected", 1, "클라이언트가 스스로 돌아왔습니다:", "the client came back by itself:");
    }
}
