package tokenly.tool.load;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * Where it was measured.
 *
 * @param loadAverage of the last minute before it began; negative if the system tells none
 */
record Machine(int cores, String jdk, String system, double loadAverage) {

    static Machine now() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                system.getName() + " " + system.getVersion() + " " + system.getArch(),
                system.getSystemLoadAverage());
    }
}
