/**
 * What stands behind the {@link tokenly.session.Store} port.
 *
 * <p>{@link tokenly.store.JournalStore} is the embedded one. Whoever has its turn, one thread at a time, writes records with the
 * {@link tokenly.store.Writer} to the {@link tokenly.store.Journal}, which keeps them in {@link tokenly.store.Segment}s on a
 * {@link tokenly.store.Disk}; the {@link tokenly.store.Index} knows which parts of them are still needed, and the {@link
 * tokenly.store.Cleaner} makes room by that. {@link tokenly.store.Recovery} reads what an earlier run has left, in two passes: the first follows the
 * index, the second takes the {@link tokenly.store.RecoveredMailboxes} that it asks for. The {@link tokenly.store.HeadFile} names
 * the segments that there are, so that a log which lost its beginning or its end, or is a copy, is found at the start.
 */
@NullMarked
package tokenly.store;

import org.jspecify.annotations.NullMarked;
