/**
 * The Java client of {@code tokenly.v1}: its sessions survive the network. For the project's tools, and for backends that
 * hold one socket for thousands of sessions. It needs nothing but the JDK, and is no part of the server.
 *
 * <p>A {@link tokenly.client.Client} is one instance with one connection at a time; a {@link tokenly.client.Peer} is one of its
 * sessions. Every signal is sent and received exactly once and in order, over any number of lost connections; where that
 * ends, it is told by name ({@link tokenly.client.PeerListener#reset}, {@link tokenly.client.TokenlyException}).
 *
 * <pre>{@code
 * Client client = Client.connect(ClientOptions.of(URI.create("ws://127.0.0.1:3003/rtc")));
 * client.createPeer("alice", "room", delivery -> System.out.println(delivery.from() + " says " + delivery.fields()))
 *       .thenCompose(alice -> alice.send(Signal.toAll(Signal.Kind.MESSAGE, JsonObject.EMPTY.with("text", "hello"))))
 *       .thenAccept(receipt -> System.out.println("the server has it, as number " + receipt.seq()));
 * }</pre>
 *
 * <p>A client comes back for as long as it is open, unless {@link tokenly.client.ClientOptions#withMaxAttempts} sets an end. With a
 * {@link tokenly.client.KeyStorage} in a file, a program that was restarted gets the names of its peers back.
 *
 * <p>Threads: a client has one thread of its own. On it its rules run, its listeners are called and its stages complete, one
 * after the other; a listener that blocks it blocks all its sessions. It is a daemon: it keeps no program from ending. All public methods are thread-safe and do not block.
 *
 * <p>Everything but {@link tokenly.client.HttpTransport}, {@link tokenly.client.ClientThread} and {@link tokenly.client.FileKeyStorage} is
 * free of sockets, files, threads and clocks, and belongs to the client's thread.
 */
@NullMarked
package tokenly.client;

import org.jspecify.annotations.NullMarked;
