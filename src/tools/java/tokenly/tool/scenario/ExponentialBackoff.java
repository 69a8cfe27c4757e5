package tokenly.tool.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tokenly.tool.server.TokenlyServer;

/** Guide 4.2: the server is killed, and the client tries again after 1, 2, 4, 8 and 16 s, and gives up. In real time. */
final class ExponentialBackoff implements Scenario {

    private static final List<Integer> DELAYS_MILLIS = List.of(1_000, 2_000, 4_000, 8_000, 16_000);

    @Override
    public void play(Testbed testbed) {
        TokenlyServer server = testbed.startServer(Map.of());
        GuideClient client = testbed.startClient(server.rtc());

        testbed.step("서버를 kill -9 합니다", "kill -9 the server");
        server.kill();
        for (int i = 0; i < DELAYS_MILLIS.size(); i++) {
            int delay = DELAYS_MILLIS.get(i);
            GuideClient.Line announced = client.await((i + 1) + "/5");
            GuideClient.Line attempt = client.await(GuideClient.CONNECTING);
            testbed.check(
                    announced.text().contains(Integer.toString(delay)),
                    (i + 1) + "번째 시도는 " + delay + "ms 뒤라고 합니다",
                    "attempt " + (i + 1) + " is announced after " + delay + " ms");
            long measured = Duration.between(announced.at(), attempt.at()).toMillis();
            testbed.check(
                    Math.abs(measured - delay) <= delay / 10,
                    delay + "ms 지연을 실제로 재면 " + measured + "ms입니다 (10% 이내)",
                    "the delay of " + delay + " ms was " + measured + " ms when measured (within 10 %)");
        }

        testbed.check(client.awaitExit() == 1, "다섯 번 뒤에 포기하고 1로 끝났습니다", "it gave up after five and ended with 1");
    }
}
