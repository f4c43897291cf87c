package dev.freshet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows between packages, as ARCHITECTURE.md draws them. */
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.freshet");

  @Test
  void packagesAreCalledFromAboveOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("api")
        .definedBy("dev.freshet")
        .layer("feed")
        .definedBy("dev.freshet.feed")
        .layer("session")
        .definedBy("dev.freshet.session")
        .layer("store")
        .definedBy("dev.freshet.store")
        .layer("saved")
        .definedBy("dev.freshet.saved")
        .layer("compact")
        .definedBy("dev.freshet.compact")
        .layer("request")
        .definedBy("dev.freshet.request")
        .layer("govern")
        .definedBy("dev.freshet.govern")
        .layer("fence")
        .definedBy("dev.freshet.fence")
        .layer("change")
        .definedBy("dev.freshet.change")
        .layer("codec")
        .definedBy("dev.freshet.codec")
        .layer("protobuf")
        .definedBy("dev.freshet.protobuf")
        .layer("object")
        .definedBy("dev.freshet.object")
        .layer("transport")
        .definedBy("dev.freshet.transport")
        .layer("selector")
        .definedBy("dev.freshet.selector")
        .whereLayer("api")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("fence")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("change")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("feed")
        .mayOnlyBeAccessedByLayers("api", "fence")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("api", "change", "fence", "feed", "saved", "session")
        .whereLayer("saved")
        .mayOnlyBeAccessedByLayers("api", "feed")
        .whereLayer("compact")
        .mayOnlyBeAccessedByLayers("feed", "saved")
        .whereLayer("session")
        .mayOnlyBeAccessedByLayers("api")
        .whereLayer("request")
        .mayOnlyBeAccessedByLayers("api", "fence", "feed")
        .whereLayer("govern")
        .mayOnlyBeAccessedByLayers("api", "request")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("api", "fence", "feed", "session", "request")
        .whereLayer("protobuf")
        .mayOnlyBeAccessedByLayers("codec", "object", "saved")
        .whereLayer("transport")
        .mayOnlyBeAccessedByLayers("api", "fence", "feed", "request", "govern")
        .whereLayer("selector")
        .mayOnlyBeAccessedByLayers("api", "feed", "store", "request")
        .check(CORE);
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("dev.freshet.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theStoreKnowsNothingOfRequests() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.store")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.freshet.request", "dev.freshet.transport", "java.net..")
        .check(CORE);
  }

  @Test
  void coreKnowsNoKubernetesModelClasses() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "io.kubernetes..")
        .check(CORE);
  }

  @Test
  void onlyTheGateUsesTheTransport() {
    classes()
        .that()
        .haveFullyQualifiedName("dev.freshet.transport.Transport")
        .should()
        .onlyBeAccessed()
        .byClassesThat()
        .haveNameMatching("dev\\.freshet\\.(Cluster|request\\.RequestGate|transport\\..*)")
        .check(CORE);
  }

  @Test
  void onlyTheTimePackageAndRealSocketsAskTheMachineForTheTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.freshet.time", "dev.freshet.transport")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .check(CORE);
  }
}
