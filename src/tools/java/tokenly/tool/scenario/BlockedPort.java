package tokenly.tool.scenario;

import java.util.Map;
import java.util.Optional;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.TokenlyServer;

/** Guide 3.3: the port is blocked and unblocked, by the proxy and, where this machine can, by its firewall. */
final class BlockedPort implements Scenario {

    private static final String[] OPTIONS = {
        "--heartbeat", "1000", "--heartbeat-timeout", "2000", "--connect-timeout", "2000"
    };

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        byProxy(testbed, server);
        byFirewall(testbed, server);
    }

    private static void byProxy(Testbed testbed, TokenlyServer server) {
        FaultProxy proxy = testbed.startProxy(server);
        GuideClient client = testbed.startClient(Testbed.rtc(proxy), OPTIONS);
        testbed.step("프록시가 모든 것을 삼킵니다", "the proxy swallows everything");
        proxy.add(Fault.BLACKHOLE);
        client.await(GuideClient.CLOSED);
        client.await("1/5");
        client.await("2/5");
        testbed.step("프록시가 다시 통과시킵니다", "the proxy lets everything pass again");
        proxy.clear();
        isBack(testbed, server, client);
        client.press('q');
        client.awaitExit();
    }

    private static void byFirewall(Testbed testbed, TokenlyServer server) {
        GuideClient client = testbed.startClient(server.rtc(), OPTIONS);
        Optional<PortBlock> block = PortBlock.of(server.port());
        if (block.isEmpty()) {
            testbed.cannot(
                    "방화벽으로 포트를 막는 것은 여기서 할 수 없습니다: root 권한과 iptables 또는 nft가 필요합니다",
                    "blocking the port by the firewall cannot be done here: it needs root and iptables or nft");
            return;
        }
        PortBlock blocked = testbed.own(block.get());
        testbed.step("방화벽이 포트 " + server.port() + "을(를) 막습니다", "the firewall blocks port " + server.port());
        client.await(GuideClient.CLOSED);
        client.await("1/5");
        client.await("2/5");
        testbed.step("방화벽이 포트를 다시 엽니다", "the firewall opens the port again");
        blocked.close();
        isBack(testbed, server, client);
    }

    private static void isBack(Testbed testbed, TokenlyServer server, GuideClient client) {
        client.await(GuideClient.RESUMED);
        testbed.awaitStatus(server, "connected", 1, "돌아왔습니다:", "it is back:");
    }
}
