package tokenly.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A list of addresses and CIDR blocks (RFC 4632, section 3.1), such as {@code 10.0.0.0/8,::1}. */
public final class AddressBlocks {

    /** The list that holds no address. */
    public static final AddressBlocks NONE = new AddressBlocks(List.of());

    /** How {@link #NONE} is written. */
    public static final String NONE_TEXT = "none";

    private final List<Block> blocks;

    /** @param bits of {@code start}, from the left, that all addresses of the block have; 0 to 128 */
    private record Block(IpAddress start, int bits) {}

    private AddressBlocks(List<Block> blocks) {
        this.blocks = blocks;
    }

    /** Reads addresses and blocks that are separated by commas, or {@code none}; empty if {@code text} is no such list. */
    public static Optional<AddressBlocks> parse(String text) {
        if (text.equals(NONE_TEXT)) {
            return Optional.of(NONE);
        }
        List<Block> blocks = new ArrayList<>();
        for (String item : Arrays.asList(text.split(",", -1))) {
            Optional<Block> block = block(item.strip());
            if (block.isEmpty()) {
                return Optional.empty();
            }
            blocks.add(block.get());
        }
        return Optional.of(new AddressBlocks(List.copyOf(blocks)));
    }

    private static Optional<Block> block(String text) {
        int slash = text.indexOf('/');
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        Optional<IpAddress> start = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (start.isEmpty() || slash < 0) {
            return start.map(address -> new Block(address, IpAddress.BITS));
        }
        int before = start.get().isIpv4() && text.indexOf(':') < 0 ? IpAddress.IPV4_PREFIX : 0;
        return bits.matches("\\d{1,3}") && before + Integer.parseInt(bits) <= IpAddress.BITS
                ? Optional.of(new Block(start.get(), before + Integer.parseInt(bits)))
                : Optional.empty();
    }

    public boolean contains(IpAddress address) {
        return blocks.stream().anyMatch(block -> address.startsLike(block.start(), block.bits()));
    }
}
