package tokenly.tool.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import tokenly.tool.load.ConnectionsPlan;
import tokenly.tool.load.ConnectionsRun;
import tokenly.tool.load.Descriptors;
import tokenly.tool.load.Report;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.UsageException;

/** Guide 7: 10,000 connections, all dropped at once, and all back; as {@code tokenly load} does it. */
final class ManyConnections implements Scenario {

    private static final int CONNECTIONS = 10_000;
    private static final int ROOMS_OF = 2;

    @Override
    public void play(Testbed testbed) {
        try {
            Descriptors.now().check(CONNECTIONS);
        } catch (UsageException tooFew) {
            testbed.cannot(
                    "여기서 연결 10,000개를 열 수 없습니다: 열 수 있는 파일이 너무 적습니다 (ulimit -n 20000)",
                    "10,000 connections cannot be opened here: too few files may be open (ulimit -n 20000)");
            return;
        }
        TokenlyServer server = testbed.startServer(TokenlyServer.FOR_LOAD, ServerKind.Heap.LARGE);
        ConnectionsPlan plan = new ConnectionsPlan(server.rtc(), CONNECTIONS, ROOMS_OF, "scenario", AccessToken.NONE);
        testbed.step("연결 10,000개를 열고, 한꺼번에 끊고, 다시 연결합니다", "connect 10,000, drop them all at once, bring them back");
        Report report = run(plan);
        report.tables(testbed.language()).forEach(testbed::quote);
        report.problems(testbed.language()).forEach(testbed::quote);
        testbed.check(
                report.isAsExpected(),
                "모두 연결되었고, 모두 돌아왔고, /status가 매번 맞았습니다",
                "all connected, all came back, and /status was right each time");
    }

    private static Report run(ConnectionsPlan plan) {
        try {
            return ConnectionsRun.of(plan, phase -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted under load", interrupted);
        }
    }
}
