/**
 * A TCP proxy that does to connections what networks do to them: {@link tokenly.tool.faults.FaultProxy} is the way in,
 * for the command line and for tests alike.
 *
 * <p>Each connection is a {@link tokenly.tool.faults.Relay}, each of its two directions a {@link
 * tokenly.tool.faults.Pipe}, and each fault on a pipe a {@link tokenly.tool.faults.ToxicStage} that asks its {@link
 * tokenly.tool.faults.Toxic} when which bytes may go on. All of that happens on the one thread of a {@link
 * tokenly.tool.faults.Loop}, so nothing in here is locked. The names of the faults and of their attributes are those of
 * Shopify's Toxiproxy.
 */
@NullMarked
package tokenly.tool.faults;

import org.jspecify.annotations.NullMarked;
