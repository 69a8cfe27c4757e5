package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tokenly.hostile.ClientFrames.Entry;
import tokenly.tool.server.JsonDocument;

/**
 * The files of the store are those of an earlier moment, or some are missing, when a killed server starts again. What was
 * acknowledged and is not there any more is named to its sender, and all can go on.
 */
class LogWentBackIT {

    /** What is done to the files while the server is down. */
    enum Damage {
        OLD_COPY,
        LAST_FILE_REMOVED,
        LAST_FILE_CUT,
        FIRST_FILE_REMOVED,
        EMPTIED
    }

    /** The smallest files, so that there are several. */
    private static final Map<String, String> SETTINGS = Map.of("TOKENLY_STORE_FILE_BYTES", "65536");

    private static final String LONG = "\"x\":\"" + "x".repeat(8_000) + "\"";
    private static final long READ = 20;
    private static final long SENT = 40;

    private static HostileServer server;

    @BeforeAll
    static void start() {
        server = HostileServer.with(SETTINGS);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLostIsNamedAndAllGoOn(Damage damage) throws Exception {
        String sender = "sender-" + damage;
        String receiver = "receiver-" + damage;
        RawClient sending = connect();
        RawClient receiving = connect();
        String sendersEpoch = sending.create(sender, damage.name());
        String receiversEpoch = receiving.create(receiver, damage.name());
        long joined = number(sending.await("peer-joined"));
        send(sending, sender, receiver, 1, READ);
        long received = 0;
        for (int i = 0; i < READ; i++) {
            received = number(receiving.await("message"));
        }
        receiving.reset();
        Path copy = copy();
        send(sending, sender, receiver, READ + 1, SENT);
        server.kill();
        damage(damage, copy);
        server.start();

        Entry sendersEntry = new Entry(sender, ClientFrames.KEY, sendersEpoch, joined, SENT, SENT);
        try (RawClient back = connect();
                RawClient receiverBack = connect()) {
            long next = goOn(back, sendersEntry, damage);
            boolean isNamed = next == 1;
            goOn(receiverBack, new Entry(receiver, ClientFrames.KEY, receiversEpoch, received, 0, 0), damage);
            back.send(ClientFrames.message(sender, receiver, next, "\"last\":true"));
            assertThat(back.await("ack").text()).contains("\"" + sender + "\":" + next);
            List<JsonDocument> arrived = messagesToLast(receiverBack);
            assertThat(isNamed || arrived.size() == SENT - READ + 1)
                    .as("the sender is told, or nothing is lost; but %d messages came", arrived.size())
                    .isTrue();
        }
    }

    /** Resumes a session, or creates it anew where it is gone; returns the number of the next signal. */
    private static long goOn(RawClient client, Entry entry, Damage damage) throws IOException {
        client.send(ClientFrames.resume("attacker", 2, List.of(entry)));
        JsonDocument resumed = client.await("resumed");
        switch (String.valueOf(resumed.get("outcome"))) {
            case "resumed" -> {
                assertThat(String.valueOf(resumed.get("received")))
                        .as(resumed.text())
                        .isEqualTo("" + entry.acked());
                return entry.sent() + 1;
            }
            case "reset" -> assertThat(resumed.get("reason")).isEqualTo("store-went-back");
            default -> {
                assertThat(resumed.get("outcome")).as(resumed.text()).isEqualTo("gone");
                client.send(ClientFrames.create(entry.session(), damage.name(), entry.key(), "attacker", 3));
                assertThat(client.await("peer-created").get("success")).isEqualTo(true);
            }
        }
        return 1;
    }

    private static RawClient connect() throws IOException {
        return RawClient.connect(server, HostileServer.loopback(2, 1), new NamedRefusals());
    }

    /** Sends signals of those numbers, and waits until all are acknowledged. */
    private static void send(RawClient client, String from, String to, long first, long last) throws IOException {
        client.send(LongStream.rangeClosed(first, last)
                .mapToObj(seq -> ClientFrames.message(from, to, seq, LONG))
                .toList());
        JsonDocument ack = client.await("ack");
        while (!ack.text().contains("\"" + from + "\":" + last + "}")) {
            ack = client.await("ack");
        }
    }

    private static List<JsonDocument> messagesToLast(RawClient client) throws IOException {
        List<JsonDocument> messages = new ArrayList<>();
        do {
            messages.add(client.await("message"));
        } while (messages.get(messages.size() - 1).get("last") == null);
        return messages;
    }

    private static long number(JsonDocument message) {
        return Long.parseLong(String.valueOf(message.get("seq")));
    }

    private static void damage(Damage damage, Path copy) throws IOException {
        List<Path> journal = files(server.data()).stream()
                .filter(file -> file.toString().endsWith(".journal"))
                .toList();
        Path first = journal.get(0);
        Path last = journal.get(journal.size() - 1);
        switch (damage) {
            case OLD_COPY -> {
                empty();
                for (Path file : files(copy)) {
                    Files.copy(file, server.data().resolve(file.getFileName()));
                }
            }
            case LAST_FILE_REMOVED -> Files.delete(last);
            case LAST_FILE_CUT -> {
                try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
                    file.truncate(file.size() / 2);
                }
            }
            case FIRST_FILE_REMOVED -> Files.delete(first);
            case EMPTIED -> empty();
        }
    }

    private static void empty() throws IOException {
        for (Path file : files(server.data())) {
            Files.delete(file);
        }
    }

    /** The files as they are while the server writes on. */
    private static Path copy() throws IOException {
        Path copy = Files.createTempDirectory(server.data().getParent(), "copy-");
        for (Path file : files(server.data())) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return copy;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
