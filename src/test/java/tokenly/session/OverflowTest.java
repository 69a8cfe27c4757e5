package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Scene.id;

import org.junit.jupiter.api.Test;

/** A mailbox that passes its bounds just when something else happens to its session, or to a sender. */
class OverflowTest {

    @Test
    void whatIsAcknowledgedAfterTheOverflowIsForgottenAlready() {
        Mailbox mailbox = new Mailbox();
        mailbox.append(new Message.PeerJoined(id("a")));
        mailbox.append(new Message.PeerJoined(id("b")));
        mailbox.overflow();

        mailbox.trim(1);

        assertThat(mailbox.trimmed()).isZero();
        assertThat(mailbox.size()).isZero();
    }
}
