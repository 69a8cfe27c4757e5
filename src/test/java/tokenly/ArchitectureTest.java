package tokenly;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The directions between the packages and the few places that may know the outside world. */
@AnalyzeClasses(packages = "tokenly", importOptions = ImportOption.DoNotIncludeTests.class)
@Tag("slow")
class ArchitectureTest {

    @ArchTest
    static final ArchRule sessionKnowsProtocolTheJdkAndItsAnnotations = classes()
            .that()
            .resideInAPackage("tokenly.session..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "tokenly.session..",
                    "tokenly.protocol..",
                    "java..",
                    "org.jspecify..",
                    "jakarta.inject..",
                    "jakarta.enterprise.context..");

    @ArchTest
    static final ArchRule wireKnowsProtocolAndSessionOnly = onlyKnows("wire", "protocol", "session");

    @ArchTest
    static final ArchRule accessKnowsTheProtocolAndSessionOnly = onlyKnows("access", "protocol", "session");

    @ArchTest
    static final ArchRule socketKnowsProtocolWireAccessAndSessionOnly =
            onlyKnows("socket", "protocol", "wire", "access", "session");

    @ArchTest
    static final ArchRule storeKnowsSessionOnly = onlyKnows("store", "session");

    @ArchTest
    static final ArchRule postgresKnowsSessionStoreAndClusterOnly =
            onlyKnows("postgres", "session", "store", "cluster");

    @ArchTest
    static final ArchRule clusterKnowsNeitherStoresNorDatabases = noClasses()
            .that()
            .resideInAPackage("tokenly.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tokenly.postgres..", "tokenly.store..", "tokenly.app..");

    @ArchTest
    static final ArchRule onlyPostgresAndAppKnowDatabases = noClasses()
            .that()
            .resideOutsideOfPackages("tokenly.postgres..", "tokenly.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "javax.naming..", "org.postgresql..");

    @ArchTest
    static final ArchRule statusKnowsSessionOnly = onlyKnows("status", "session");

    @ArchTest
    static final ArchRule webKnowsNoOtherPackage = onlyKnows("web");

    @ArchTest
    static final ArchRule clientKnowsTheProtocolAndTheJdkOnly = classes()
            .that()
            .resideInAPackage("tokenly.client..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("tokenly.client..", "tokenly.protocol..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule onlyToolKnowsClient = noClasses()
            .that()
            .resideOutsideOfPackages("tokenly.client..", "tokenly.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("tokenly.client..");

    @ArchTest
    static final ArchRule toolKnowsTheClientAndTheProtocolOnly = onlyKnows(
            "tool",
            "tool.faults",
            "tool.load",
            "tool.load.ws",
            "tool.scenario",
            "tool.server",
            "tool.text",
            "tool.verify",
            "tool.verify.check",
            "tool.verify.clients",
            "tool.verify.fault",
            "tool.verify.history",
            "tool.verify.page",
            "tool.verify.schedule",
            "client",
            "client.json",
            "protocol");

    @ArchTest
    static final ArchRule protocolKnowsNoOtherPackage = onlyKnows("protocol");

    @ArchTest
    static final ArchRule nothingKnowsTool = onlyIn("tokenly.tool", "tokenly.tool..");

    @ArchTest
    static final ArchRule onlyToolKnowsTheCommandLine = onlyIn("tokenly.tool", "picocli..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule onlyWireAndToolKnowJson = noClasses()
            .that()
            .resideOutsideOfPackages("tokenly.wire..", "tokenly.tool..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "jakarta.json.stream..");

    @ArchTest
    static final ArchRule onlyAccessKnowsTokens = onlyIn("tokenly.access", "org.jose4j..");

    @ArchTest
    static final ArchRule nothingKnowsSlf4j =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.slf4j..");

    @ArchTest
    static final ArchRule onlySocketAndClusterKnowWebSocket = noClasses()
            .that()
            .resideOutsideOfPackages("tokenly.socket..", "tokenly.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule onlyWebAndAccessKnowServlets = noClasses()
            .that()
            .resideOutsideOfPackages("tokenly.web..", "tokenly.access..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.servlet..");

    @ArchTest
    static final ArchRule onlyStatusKnowsRest = onlyIn("tokenly.status", "jakarta.ws.rs..", "jakarta.json.bind..");

    @ArchTest
    static final ArchRule noCycles = slices().matching("tokenly.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("tokenly.app.ScheduledTimer")
            .and()
            .doNotHaveFullyQualifiedName("tokenly.client.ClientThread")
            .and()
            .doNotHaveFullyQualifiedName("tokenly.tool.faults.Loop")
            .and()
            .doNotHaveFullyQualifiedName("tokenly.tool.Polling")
            .and()
            .doNotHaveFullyQualifiedName("tokenly.tool.load.Stopwatch")
            .and()
            .doNotHaveFullyQualifiedName("tokenly.tool.load.ws.Timers")
            .should()
            .accessTargetWhere(readsTheClock());

    private static ArchRule onlyKnows(String own, String... others) {
        String[] known = new String[others.length + 1];
        known[0] = "tokenly." + own + "..";
        for (int i = 0; i < others.length; i++) {
            known[i + 1] = "tokenly." + others[i] + "..";
        }
        return noClasses()
                .that()
                .resideInAPackage(known[0])
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are in other packages of ours",
                        type -> type.getPackageName().startsWith("tokenly.")
                                && Set.of(known).stream()
                                        .noneMatch(name -> (type.getPackageName() + "..").equals(name))));
    }

    private static ArchRule onlyIn(String own, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(own + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        return DescribedPredicate.describe("read the clock or sleep", access -> {
            String method = access.getTarget().getName();
            return (access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("currentTimeMillis", "nanoTime").contains(method))
                    || (access.getTargetOwner().isEquivalentTo(Thread.class) && method.equals("sleep"))
                    || ((access.getTargetOwner().isEquivalentTo(Instant.class)
                                    || access.getTargetOwner().isEquivalentTo(Clock.class))
                            && Set.of("now", "systemUTC").contains(method));
        });
    }
}
