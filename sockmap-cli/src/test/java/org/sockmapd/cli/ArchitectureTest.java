package org.sockmapd.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules: cli to server to protocol and lookup, which never meet. */
@AnalyzeClasses(packages = "org.sockmapd", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String PROTOCOL = "org.sockmapd.protocol..";
  private static final String LOOKUP = "org.sockmapd.lookup..";
  private static final String SERVER = "org.sockmapd.server..";
  private static final String BENCH = "org.sockmapd.bench..";
  private static final String CLI = "org.sockmapd.cli..";

  @ArchTest
  static final ArchRule PROTOCOL_KNOWS_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAPackage(PROTOCOL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule LOOKUP_KNOWS_NO_PROTOCOL =
      noClasses()
          .that()
          .resideInAPackage(LOOKUP)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PROTOCOL, SERVER, CLI);

  @ArchTest
  static final ArchRule SERVER_KNOWS_NO_COMMAND =
      noClasses()
          .that()
          .resideInAPackage(SERVER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI);

  @ArchTest
  static final ArchRule THE_LOAD_GENERATOR_KNOWS_THE_PROTOCOL_ALONE =
      noClasses()
          .that()
          .resideInAPackage(BENCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LOOKUP, SERVER, CLI);

  @ArchTest
  static final ArchRule DATABASES_ARE_KNOWN_IN_ONE_PACKAGE =
      noClasses()
          .that()
          .resideInAPackage("org.sockmapd..")
          .and()
          .resideOutsideOfPackages("org.sockmapd.lookup.sql..", "org.sockmapd.testing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jooq..", "java.sql..");
}
