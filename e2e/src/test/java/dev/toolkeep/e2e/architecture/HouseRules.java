package dev.toolkeep.e2e.architecture;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/// The rules of architecture.md and CONTRIBUTING as objects. Each speaks of rooms, so that the same object judges the
/// house and the classes planted to break it.
final class HouseRules {
    private HouseRules() {}

    private static final DescribedPredicate<JavaClass> OURS = DescribedPredicate.describe("ours", Rooms::ours);

    static final ArchRule ROOMS_KNOW_ONLY_ROOMS_BELOW = classes()
            .that(are(OURS))
            .should(condition("know only rooms below their own", (type, events) -> {
                String room = Rooms.of(type);
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    String other = Rooms.of(target);
                    boolean placed = Rooms.floor(room) >= 0;
                    if (placed
                            && Rooms.ours(target)
                            && !other.equals(room)
                            && Rooms.floor(other) >= Rooms.floor(room)) {
                        broken(events, type, room + " uses " + other + ": " + dependency.getDescription());
                    }
                }
            }));

    static final ArchRule EVERY_ROOM_HAS_ITS_PLACE = classes()
            .that(are(OURS))
            .should(condition("lie in a room that has a floor", (type, events) -> {
                if (Rooms.floor(Rooms.of(type)) < 0) {
                    broken(events, type, "no such room: '" + Rooms.of(type) + "'");
                }
            }));

    static final ArchRule MODULES_KNOW_ONLY_MODULES_BELOW = classes()
            .that(are(OURS))
            .should(condition("know only modules below their own", (type, events) -> {
                String module = Rooms.module(Rooms.of(type));
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass();
                    String other = Rooms.module(Rooms.of(target));
                    boolean known = other.equals(module)
                            || Rooms.MODULES.getOrDefault(module, Set.of()).contains(other);
                    if (Rooms.ours(target) && !known) {
                        broken(events, type, module + " uses " + other + ": " + dependency.getDescription());
                    }
                }
            }));

    static final ArchRule ROOMS_MAKE_NO_CIRCLES = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return Rooms.ours(type) ? SliceIdentifier.of(Rooms.of(type)) : SliceIdentifier.ignore();
                }

                @Override
                public String getDescription() {
                    return "rooms";
                }
            })
            .should()
            .beFreeOfCycles();

    /// `Loopback` speaks to a running Toolkeep of this machine, `Rehearsal` to itself.
    static final ArchRule ONLY_NET_REACHES_OUT = onlyIn(
            "reach out",
            Doing.REACHING_OUT,
            type -> in(type, "protocol.net")
                    || named(type, "remote", "Loopback")
                    || named(type, "command", "Rehearsal"));

    static final ArchRule ONLY_THE_DOOR_LISTENS =
            onlyIn("listen", Doing.LISTENING, type -> named(type, "web", "DoorLoop"));

    static final ArchRule ONLY_CHILD_STARTS_PROGRAMS =
            onlyIn("start programs", Doing.STARTING_PROGRAMS, type -> named(type, "protocol.process", "Child"));

    /// `DirectWrites` holds one constant name of the JDK's and nothing else.
    static final ArchRule NO_TEXT_BECOMES_CODE =
            onlyIn("turn text into code", Doing.TURNING_TEXT_INTO_CODE, type -> named(type, "journal", "DirectWrites"));

    /// `JsonBodies` and `WholeDocument` ask our own records what fields they have, to check and to describe bodies.
    /// `client.direct` describes and calls the annotated methods that a program hands it; no text names one.
    static final ArchRule NO_REFLECTION = noneUses(
            "use reflection, scripts or native code",
            type -> named(type, "console.api", "JsonBodies")
                    || named(type, "console.api", "WholeDocument")
                    || in(type, "client.direct"),
            "java.lang.reflect",
            "javax.script",
            "java.lang.foreign",
            "sun.misc");

    static final ArchRule ONLY_COMMANDS_PRINT =
            onlyIn("print", Doing.PRINTING, type -> in(type, "command") || in(type, "terminal"));

    static final ArchRule ONLY_SQL_TYPES_TOUCH_JDBC = noneUses(
            "touch JDBC",
            type -> in(type, "store") && outermost(type).startsWith("Sql"),
            "java.sql",
            "javax.sql",
            "org.jdbi",
            "com.zaxxer",
            "org.flywaydb",
            "org.sqlite",
            "org.postgresql");

    static final ArchRule SPRING_ONLY_IN_THE_CONSOLE = noneUses(
            "use Spring or servlets",
            type -> Rooms.module(Rooms.of(type)).equals("console"),
            "org.springframework",
            "org.springdoc",
            "org.apache.catalina",
            "org.apache.tomcat",
            "jakarta");

    static final ArchRule THE_CONSOLE_HAS_NO_VERTX =
            noneUses("use Vert.x", type -> !Rooms.module(Rooms.of(type)).equals("console"), "io.vertx", "io.netty");

    /// Decide first, then act: what decides touches no secret, no file and no network.
    static final ArchRule DECIDING_IS_PURE = noneUses(
            "touch files, sockets, secrets or the journal",
            type -> !Set.of("refusal", "schema", "trust", "policy", "limits").contains(Rooms.of(type)),
            "java.nio.file",
            "java.nio.channels",
            "java.net.http",
            "io.vertx",
            "dev.toolkeep.vault",
            "dev.toolkeep.secret",
            "dev.toolkeep.journal");

    static final ArchRule DOORS_DECIDE_NOTHING = noneUses(
            "reach past the engine",
            type -> !Rooms.module(Rooms.of(type)).equals("gateway"),
            "dev.toolkeep.trust",
            "dev.toolkeep.policy",
            "dev.toolkeep.limits",
            "dev.toolkeep.vault",
            "dev.toolkeep.registry",
            "dev.toolkeep.journal",
            "dev.toolkeep.secret",
            "dev.toolkeep.admin",
            "dev.toolkeep.protocol.net");

    static final ArchRule ONLY_TRUST_MAKES_TRUSTED_TOOLS =
            onlyIn("make a TrustedTool", making("trust", "TrustedTool"), type -> named(type, "trust", "Trust"));

    static final ArchRule ONLY_POLICY_MAKES_PERMITTED_CALLS =
            onlyIn("make a PermittedCall", making("policy", "PermittedCall"), type -> named(type, "policy", "Policy"));

    static final ArchRule TICKETS_CANNOT_BE_FORGED = classes()
            .that(are(DescribedPredicate.describe(
                    "tickets", type -> named(type, "trust", "TrustedTool") || named(type, "policy", "PermittedCall"))))
            .should(condition("be final and made only in their own room", (type, events) -> {
                if (!type.getModifiers().contains(JavaModifier.FINAL)) {
                    broken(events, type, "a ticket can be extended");
                }
                type.getConstructors().stream()
                        .filter(constructor -> constructor.getModifiers().contains(JavaModifier.PUBLIC)
                                || constructor.getModifiers().contains(JavaModifier.PROTECTED))
                        .forEach(constructor -> broken(events, type, "anybody can make one: " + constructor));
            }));

    /// `Gateway` opens it for one permitted call, `Discovery` for reading what a source offers; the engine reads the
    /// key.
    static final ArchRule ONLY_THE_CALL_ROOM_OPENS_THE_VAULT = onlyIn(
            "open the vault",
            access -> targets(access, "vault", "Vault")
                    && (access.getTarget().getName().equals("open")
                            || access.getTarget().getName().equals("openForSource")),
            type -> named(type, "call", "Gateway")
                    || named(type, "call", "Discovery")
                    || named(type, "engine", "Engine")
                    || named(type, "vault", "Vault"));

    /// A pattern compiled while a class is loaded cannot come from a request; `schema` alone compiles what others
    /// wrote,
    /// with RE2/J.
    static final ArchRule PATTERNS_ARE_CONSTANTS = onlyAt(
            "compile a pattern at run time",
            access -> Doing.calling("java.util.regex.Pattern", "compile").test(access)
                    && !access.getOrigin().getName().equals("<clinit>"),
            access -> false);

    static final ArchRule ONLY_SCHEMA_COMPILES_FOREIGN_PATTERNS = onlyAt(
            "compile foreign patterns",
            access -> Doing.calling("com.google.re2j.Pattern", "compile", "matches")
                            .test(access)
                    && !access.getOrigin().getName().equals("<clinit>"),
            access -> in(access.getOriginOwner(), "schema") || named(access.getOriginOwner(), "lint", "TextRules"));

    static final ArchRule NO_STATIC_STATE = classes()
            .that(are(OURS))
            .should(condition("keep no static state", (type, events) -> {
                for (JavaField field : type.getFields()) {
                    Set<JavaModifier> said = field.getModifiers();
                    if (said.contains(JavaModifier.STATIC) && !said.contains(JavaModifier.FINAL)) {
                        broken(events, type, "static and changeable: " + field.getFullName());
                    }
                }
            }));

    /// `log show --follow` asks again after a pause.
    static final ArchRule NOBODY_SLEEPS =
            onlyIn("sleep", Doing.calling("java.lang.Thread", "sleep"), type -> named(type, "command", "LogCommands"));

    private static ArchRule onlyIn(String what, Predicate<JavaAccess<?>> doing, Predicate<JavaClass> place) {
        return onlyAt(what, doing, access -> place.test(access.getOriginOwner()));
    }

    private static ArchRule onlyAt(String what, Predicate<JavaAccess<?>> doing, Predicate<JavaAccess<?>> allowed) {
        return classes().that(are(OURS)).should(condition("not " + what + " out of place", (type, events) -> {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                if (doing.test(access) && !allowed.test(access)) {
                    broken(events, type, access.getDescription());
                }
            }
        }));
    }

    private static ArchRule noneUses(String what, Predicate<JavaClass> place, String... packages) {
        List<String> forbidden = Arrays.asList(packages);
        BiPredicate<String, String> inside = (name, room) -> name.equals(room) || name.startsWith(room + ".");
        return classes().that(are(OURS)).should(condition("not " + what + " out of place", (type, events) -> {
            if (place.test(type)) {
                return;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (forbidden.stream().anyMatch(one -> inside.test(target, one))) {
                    broken(events, type, dependency.getDescription());
                }
            }
        }));
    }

    private interface Check {
        void check(JavaClass type, ConditionEvents events);
    }

    private static ArchCondition<JavaClass> condition(String words, Check check) {
        return new ArchCondition<>(words) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.check(type, events);
            }
        };
    }

    private static void broken(ConditionEvents events, JavaClass type, String what) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + ": " + what));
    }

    private static boolean in(JavaClass type, String room) {
        return Rooms.of(type).equals(room);
    }

    /// Whether it is this type of this room, or nested in it.
    private static boolean named(JavaClass type, String room, String name) {
        return in(type, room) && outermost(type).equals(name);
    }

    private static String outermost(JavaClass type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    private static boolean targets(JavaAccess<?> access, String room, String name) {
        return Rooms.ours(access.getTargetOwner()) && named(access.getTargetOwner(), room, name);
    }

    private static Predicate<JavaAccess<?>> making(String room, String name) {
        return access ->
                targets(access, room, name) && access.getTarget().getName().equals("<init>");
    }
}
