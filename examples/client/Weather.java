import dev.toolkeep.client.CallRefused;
import dev.toolkeep.client.ClientConfig;
import dev.toolkeep.client.ManualTemplate;
import dev.toolkeep.client.ToolkeepClient;
import dev.toolkeep.client.direct.DirectManual;
import dev.toolkeep.client.direct.UtcpArgument;
import dev.toolkeep.client.direct.UtcpTool;
import dev.toolkeep.client.filter.AnswerFilters;
import dev.toolkeep.client.filter.Scope;
import java.util.Map;
import java.util.Set;

/// Registers a manual from the network and two methods of its own, and calls them: `Weather MANUAL_URL`.
public class Weather {
    /// Methods as tools.
    public static final class Degrees {
        @UtcpTool(description = "Degrees Fahrenheit of degrees Celsius", tags = "temperature")
        public double fahrenheit(@UtcpArgument(name = "celsius", description = "to convert") double celsius) {
            return celsius * 9 / 5 + 32;
        }
    }

    /// What the tool answers, as a type of ours.
    public record Now(double celsius, String words) {}

    public static void main(String[] arguments) {
        ClientConfig config = ClientConfig.builder()
                .postProcessing(AnswerFilters.filterDict(Set.of("internal"), null, Scope.ALL))
                .build();
        try (ToolkeepClient client = ToolkeepClient.create(config)) {
            client.register(ManualTemplate.http("weather", arguments[0])).orThrow();
            client.register(DirectManual.of("degrees", new Degrees())).orThrow();
            client.tools().forEach(tool -> System.out.println("tool " + tool.name() + ": " + tool.description()));

            Now now = client.call("weather.now", Map.of("city", "Bern")).as(Now.class);
            System.out.println("now " + now);
            System.out.println("fahrenheit "
                    + client.call("degrees.fahrenheit", Map.of("celsius", now.celsius())).json());
            try {
                client.call("weather.now", Map.of("town", "Bern"));
            } catch (CallRefused refused) {
                System.out.println("refused " + refused.code());
            }
            client.search("temperature", 1).forEach(tool -> System.out.println("found " + tool.name()));
        }
    }
}
