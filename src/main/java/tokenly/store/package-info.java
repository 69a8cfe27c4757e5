/**
 * The stores behind the {@link tokenly.session.Store} port: {@link tokenly.store.JournalStore} in files, {@link
 * tokenly.store.MemoryStore} in nothing.
 *
 * <p>The journal is a log in a directory of its own:
 *
 * <pre>{@code
 * 0000000007.journal   the oldest segment that is still needed
 * 0000000008.journal
 * 0000000009.journal   the newest one, which grows
 * head                 which segments there are: generation, oldest, newest, length if closed
 * lock                 held by the one server that uses the directory
 *
 * segment   | header, 128 bytes | record | record | ...
 * header    | "Tokenly" version 8 | number 4 | length of the segment before 4 | fsync 1 | after loss 1 | boot id | generation 8 | CRC32C 4 |
 * record    | length 4, highest bit: begins a batch | CRC32C of that 4 | CRC32C of the body 4 | body |
 * body      | count | snapshots of sessions (written when the log is compacted) | count | changes |
 * change    | kind 1 | session id | what the kind needs: a number, a message, credentials, a role |
 * }</pre>
 *
 * <p>Numbers of bodies are LEB128, texts UTF-8 behind their length; an id or a message that comes again in one record is named by its
 * place. A record is what happened in one step of one room: it is there whole or not at all.
 *
 * <p>Who does what: the {@link tokenly.store.Writer} takes what waits and writes it as one batch to the {@link
 * tokenly.store.Journal}, which keeps the {@link tokenly.store.Segment}s on a {@link tokenly.store.Disk}. The {@link tokenly.store.Index}
 * knows which parts of them are still needed; the {@link tokenly.store.Cleaner} copies those out of old segments, which are then
 * deleted. {@link tokenly.store.Recovery} reads what an earlier run has left, in two passes: the first follows the index, the second
 * reads the messages that it asks for. The {@link tokenly.store.HeadFile} finds a log that has lost its beginning or its end, or is a copy.
 */
@NullMarked
package tokenly.store;

import org.jspecify.annotations.NullMarked;
