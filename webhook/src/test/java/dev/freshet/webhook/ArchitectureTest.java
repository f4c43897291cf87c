package dev.freshet.webhook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What each package of the webhook may know, as its package-info says. */
class ArchitectureTest {

  private static final JavaClasses WEBHOOK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.freshet.webhook");

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("dev.freshet.webhook.(*)..").should().beFreeOfCycles().check(WEBHOOK);
  }

  @Test
  void theHttpServerKnowsNeitherReviewsNorObjects() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.webhook.http")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.freshet.webhook",
            "dev.freshet.webhook.reserve",
            "dev.freshet.webhook.keys",
            "io.fabric8..")
        .check(WEBHOOK);
  }

  @Test
  void reviewsKnowNeitherReservationsNorKeys() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.webhook")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.freshet.webhook.reserve", "dev.freshet.webhook.keys")
        .check(WEBHOOK);
  }

  @Test
  void keysKnowNoReviews() {
    noClasses()
        .that()
        .resideInAPackage("dev.freshet.webhook.keys")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.freshet.webhook", "dev.freshet.webhook.reserve")
        .check(WEBHOOK);
  }

  @Test
  void onlyTheHttpServerUsesNettyAndOnlyKeysBouncyCastle() {
    classes()
        .that()
        .resideOutsideOfPackages("dev.freshet.webhook.http", "dev.freshet.webhook.keys")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("io.netty..", "org.bouncycastle..")
        .check(WEBHOOK);
  }

  @Test
  void whoeverDoesNotMeasureNeedsNoMicrometer() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(AdmissionMetrics.class.getName())
        .and()
        .haveNameNotMatching(".*AdmissionMetrics\\$.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.micrometer..")
        .check(WEBHOOK);
  }
}
