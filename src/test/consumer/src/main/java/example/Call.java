package example;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tokenly.client.Client;
import tokenly.client.ClientOptions;
import tokenly.client.Delivery;
import tokenly.client.Peer;
import tokenly.client.Signal;
import tokenly.client.json.JsonObject;

/** Alice calls Bob, whose connection is cut before the call comes: {@code java example.Call ws://localhost:3003/rtc}. */
public final class Call {

    private static final long SECONDS = 30;

    private Call() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException, TimeoutException {
        ClientOptions options = ClientOptions.of(URI.create(arguments[0]));
        CompletableFuture<Delivery> call = new CompletableFuture<>();
        CompletableFuture<Delivery> answer = new CompletableFuture<>();
        try (Client atAlice = Client.connect(options);
                Client atBob = Client.connect(options)) {
            Peer bob = join(atBob, "bob", call);
            Peer alice = join(atAlice, "alice", answer);
            atBob.abort();
            alice.send(Signal.to("bob", Signal.Kind.OFFER, JsonObject.EMPTY.with("sdp", "v=0 offer")));
            Delivery offer = call.get(SECONDS, TimeUnit.SECONDS);
            bob.send(Signal.to(offer.from(), Signal.Kind.ANSWER, JsonObject.EMPTY.with("sdp", "v=0 answer")));
            System.out.println(answer.get(SECONDS, TimeUnit.SECONDS).from() + " has answered");
        }
    }

    private static Peer join(Client client, String id, CompletableFuture<Delivery> first)
            throws InterruptedException, ExecutionException, TimeoutException {
        return client.createPeer(id, "room", first::complete)
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
    }
}
