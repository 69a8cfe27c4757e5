package tokenly.tool.scenario;

import java.util.Map;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;

/** Guide 6: a second server on a taken port ends with a message that names the port; the first one does not notice. */
final class PortConflict implements Scenario {

    @Override
    public void play(Testbed testbed) {
        TokenlyServer first = testbed.startServer(Map.of());
        GuideClient client = testbed.startClient(first.rtc());

        testbed.step("같은 포트에 두 번째 서버를 시작합니다", "start a second server on the same port");
        TokenlyServer second = testbed.own(TokenlyServer.onPort(ServerKind.JETTY, Map.of(), first.port()));
        second.launch();
        int exit = second.awaitEnd();

        testbed.check(exit != 0, "두 번째 서버가 " + exit + "(으)로 끝났습니다", "the second server ended with " + exit);
        testbed.check(
                second.log().contains(":" + first.port()),
                "메시지에 포트 " + first.port() + "이(가) 있습니다",
                "its message names port " + first.port());
        client.press('m');
        client.await(GuideClient.SENT);
        testbed.awaitStatus(first, "connected", 1, "첫 번째 서버는 그대로입니다:", "the first server has not noticed:");
    }
}
