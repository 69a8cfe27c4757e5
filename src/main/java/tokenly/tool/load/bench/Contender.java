package tokenly.tool.load.bench;

import java.util.Locale;
import tokenly.tool.load.ws.Client;
import tokenly.tool.load.ws.Manner;

/** Who is measured. */
public enum Contender {

    /** A relay that keeps nothing and knows nobody, on the same kind of server. */
    PLAIN {
        @Override
        Manner manner() {
            return Manner.PLAIN;
        }

        @Override
        Member member(Client client, Seat seat, Ears ears) {
            return new PlainMember(client, seat, ears);
        }
    },

    /** Tokenly, with resumable clients. */
    TOKENLY {
        @Override
        Manner manner() {
            return new Manner("tokenly.v1", Manner.PLAIN.slack());
        }

        @Override
        Member member(Client client, Seat seat, Ears ears) {
            return new ResumableMember(client, seat, ears);
        }
    };

    /** How its clients connect. */
    abstract Manner manner();

    /** A peer that speaks as it wants to be spoken to. */
    abstract Member member(Client client, Seat seat, Ears ears);

    /** Its name in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
