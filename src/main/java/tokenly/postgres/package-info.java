/**
 * {@link tokenly.cluster.Ownership} on PostgreSQL, and the journal of each shard in the same database.
 *
 * <p>A shard has the log of {@link tokenly.store}, whose files are rows here:
 *
 * <pre>{@code
 * tokenly_shard     id, fence, pos, owner, until     pos counts the steps that are committed: an append, a file deleted, ...
 * tokenly_chunk     shard, file, position, bytes     a file is its chunks; an empty one exists only in memory
 * tokenly_session   id, shard                        where each session id is in use
 * tokenly_node      url, seen, status                the last beat of each node
 * tokenly_version   version                          of these tables
 * }</pre>
 *
 * <p><b>The fence stands in the write.</b> Whatever changes a file moves {@code pos} of its shard in the same transaction, and only where the
 * row has the fence, the owner and the {@code pos} that the writer knows. So a node that has been deposed changes nothing, whatever it
 * believes, and each step is done once, whatever becomes of the connection.
 *
 * <p>Who does what: the threads of the journals bring {@link tokenly.postgres.Step}s to the {@link tokenly.postgres.Committer}, whose one
 * thread makes of all that waits one {@link tokenly.postgres.Flush}, a transaction. The {@link tokenly.postgres.Tenure} knows where its
 * shard stands, and what of it is in doubt; {@link tokenly.postgres.RecentSteps} keeps what a standby that takes over may lack.
 */
@NullMarked
package tokenly.postgres;

import org.jspecify.annotations.NullMarked;
