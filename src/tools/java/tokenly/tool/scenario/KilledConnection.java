package tokenly.tool.scenario;

import java.util.Map;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.TokenlyServer;

/** Guide 3.5: the connection is killed from outside, by a reset from the proxy and, where this machine can, by ss -K. */
final class KilledConnection implements Scenario {

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        FaultProxy proxy = testbed.startProxy(server);
        GuideClient client = testbed.startClient(Testbed.rtc(proxy));
        testbed.step("프록시가 연결을 리셋합니다 (reset_peer)", "the proxy resets the connection (reset_peer)");
        proxy.add(Fault.parse("reset_peer=0ms"));
        client.press('m'); // the fault acts on the next bytes
        client.await("1006");
        proxy.clear();
        isBack(testbed, server, client);
        client.press('q');
        client.awaitExit();

        GuideClient direct = testbed.startClient(server.rtc());
        testbed.step("운영체제가 연결을 끊습니다 (ss -K)", "the system kills the connection (ss -K)");
        Shell.Result killed = Shell.run("ss", "-K", "state", "established", "sport", "=", ":" + server.port());
        if (!killed.isOk() || !killed.output().contains(":" + server.port())) {
            testbed.cannot(
                    "ss -K는 여기서 쓸 수 없습니다: root 권한, iproute2, CONFIG_INET_DIAG_DESTROY 커널이 필요합니다",
                    "ss -K cannot be used here: it needs root, iproute2 and a kernel with CONFIG_INET_DIAG_DESTROY");
            return;
        }
        direct.await("1006");
        isBack(testbed, server, direct);
    }

    private static void isBack(Testbed testbed, TokenlyServer server, GuideClient client) {
        client.await(GuideClient.RETRY);
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, "connected", 1, "돌아왔습니다:", "it is back:");
    }
}
