/**
 * The model: who is in which room, on which connection, and for how long a lost one is waited for.
 *
 * <p>{@link tokenly.session.Switchboard} is the way in. Each {@link tokenly.session.Room} has one {@link
 * tokenly.session.RoomExecutor}, and whatever touches the room or its sessions runs there, one step after the other. A step that
 * writes to the {@link tokenly.session.Store} ends when the store has answered, and only then does anybody see what it
 * did. The package knows neither sockets nor JSON: {@link tokenly.session.Connection}, {@link tokenly.session.Store} and
 * {@link tokenly.session.Timer} are its ports.
 */
@NullMarked
package tokenly.session;

import org.jspecify.annotations.NullMarked;
