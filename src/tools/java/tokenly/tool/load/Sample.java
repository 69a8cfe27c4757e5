package tokenly.tool.load;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was measured in one round of one subject.
 *
 * @param faults how often what was wrong, by its reason; none if all was as it must be
 */
record Sample(Map<Figure, Double> figures, SortedMap<String, Long> faults) {

    Sample {
        Map<Figure, Double> inOrder = new EnumMap<>(Figure.class);
        inOrder.putAll(figures);
        figures = Collections.unmodifiableMap(inOrder);
    }
}
