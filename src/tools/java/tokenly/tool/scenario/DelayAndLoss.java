package tokenly.tool.scenario;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.TokenlyServer;

/**
 * Guide 3.4: delay and loss do not break a connection, and messages arrive, in order. By the proxy (TCP repeats what is
 * lost, so to the application loss is a delay that varies) and, where this machine can, by the kernel's netem.
 */
final class DelayAndLoss implements Scenario {

    private static final int MESSAGES = 5;

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        FaultProxy proxy = testbed.startProxy(server);
        testbed.step(
                "100ms ± 50ms 지연, 64kB/s, 잘게 나뉜 조각을 넣습니다", "add 100 ms ± 50 ms of delay, 64 kB/s, and small slices");
        proxy.add(Fault.parse("latency=100ms,jitter=50ms"));
        proxy.add(Fault.parse("bandwidth=64kb"));
        proxy.add(Fault.parse("slicer=40,variation=20,delay=1ms"));
        exchange(testbed, server, Testbed.rtc(proxy));

        Optional<Netem> netem = Netem.of(server.port());
        if (netem.isEmpty()) {
            testbed.cannot(
                    "커널의 지연과 손실(netem)은 여기서 쓸 수 없습니다: root 권한, tc, sch_netem 모듈이 필요합니다",
                    "delay and loss by the kernel (netem) cannot be had here: it needs root, tc and the module sch_netem");
            return;
        }
        testbed.own(netem.get());
        testbed.step("커널이 100ms 지연과 5% 손실을 더합니다 (netem)", "the kernel adds 100 ms of delay and 5 % of loss (netem)");
        exchange(testbed, server, server.rtc());
    }

    private static void exchange(Testbed testbed, TokenlyServer server, URI rtc) {
        GuideClient sender = testbed.startClient(rtc, "--session", "sender");
        GuideClient receiver = testbed.startClient(server.rtc(), "--session", "receiver");
        for (int i = 0; i < MESSAGES; i++) {
            sender.press('m');
        }
        for (int i = 0; i < MESSAGES; i++) {
            String sent = sender.await("\"type\":\"message\"").text();
            String timestamp = sent.substring(sent.indexOf("\"timestamp\""), sent.lastIndexOf('}'));
            receiver.await(timestamp);
        }
        testbed.check(
                sender.isRunning() && receiver.isRunning(),
                MESSAGES + "개의 메시지가 순서대로 도착했고 연결은 그대로입니다",
                MESSAGES + " messages arrived in order, and the connections held");
        sender.press('q');
        receiver.press('q');
        sender.awaitExit();
        receiver.awaitExit();
    }
}
