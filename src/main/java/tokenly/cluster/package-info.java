/** A room across nodes: which node owns which shard, and how any node takes any client (docs/cluster.md). */
@NullMarked
package tokenly.cluster;

import org.jspecify.annotations.NullMarked;
