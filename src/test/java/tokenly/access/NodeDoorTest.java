package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is a node of this cluster. */
class NodeDoorTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final NodeDoor door = door("a secret of this cluster");

    private NodeDoor door(String secret) {
        return new NodeDoor(secret.getBytes(StandardCharsets.UTF_8), time::get);
    }

    @Test
    void aNodeWithTheSecretMayComeIn() {
        assertThat(door.fault(door("a secret of this cluster").pass())).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(door.fault(null)).contains("no pass");
        assertThat(door.fault(door("another one").pass())).contains("another tokenly.cluster.secret");
        String pass = door.pass();
        time.set(NOW.plus(Duration.ofSeconds(75)));
        assertThat(door.fault(pass)).contains("its clock is 75 s from that of this node");
        time.set(NOW.minus(Duration.ofSeconds(75)));
        assertThat(door.fault(pass)).contains("its clock is 75 s from that of this node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.", ".1", "x.y", "99999999999999999999.00", "-1.00"})
    void nonsenseIsRefused(String shown) {
        assertThat(door.fault(shown)).isPresent();
    }

    @Test
    void withoutASecretNobodyMayComeIn() {
        assertThat(NodeDoor.CLOSED.isOpen()).isFalse();
        assertThat(NodeDoor.CLOSED.fault(door.pass())).isPresent();
    }
}
