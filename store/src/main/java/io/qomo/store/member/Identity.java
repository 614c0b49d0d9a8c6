package io.qomo.store.member;

import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who a node is, in a file that is written whole or not at all:
///
/// ```
/// qomo-cluster 1
/// cluster 32 hexadecimal digits
/// node    number
/// number  address        one line for each node it knew when it was written
/// ```
///
/// @param cluster   16 bytes
/// @param node      its number
/// @param addresses where the others were
record Identity(byte[] cluster, long node, Map<Long, NodeAddress> addresses) {
    static final int CLUSTER_BYTES = 16;
    private static final String FIRST_LINE = "qomo-cluster 1";

    String clusterText() {
        return HexFormat.of().formatHex(cluster);
    }

    Identity withAddresses(Map<Long, NodeAddress> known) {
        return new Identity(cluster, node, Map.copyOf(known));
    }

    /// Reads the file; null if there is none.
    static @Nullable Identity read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new StoreOpenException("cannot read " + file + ": " + e.getMessage(), e);
        }
        try {
            if (!lines.getFirst().equals(FIRST_LINE)) {
                throw new StoreOpenException(
                        file + " says '" + lines.getFirst() + "', but this program knows only '" + FIRST_LINE
                                + "'; it was left untouched",
                        null);
            }
            byte[] cluster = HexFormat.of().parseHex(lines.get(1).substring("cluster ".length()));
            long node = Long.parseLong(lines.get(2).substring("node ".length()));
            Map<Long, NodeAddress> addresses = new TreeMap<>();
            for (String line : lines.subList(3, lines.size())) {
                int space = line.indexOf(' ');
                addresses.put(Long.parseLong(line.substring(0, space)), NodeAddress.parse(line.substring(space + 1)));
            }
            return new Identity(cluster, node, addresses);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new StoreOpenException("the file " + file + " is damaged", e);
        }
    }

    void write(Path file) {
        StringBuilder text = new StringBuilder(FIRST_LINE)
                .append("\ncluster ")
                .append(clusterText())
                .append("\nnode ")
                .append(node)
                .append('\n');
        addresses.forEach(
                (id, address) -> text.append(id).append(' ').append(address).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreOpenException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
