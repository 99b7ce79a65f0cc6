package io.plumbline.cli.tool;

import io.plumbline.cli.lab.ModelFile;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.contract.wire.Json;
import io.plumbline.quantizer.inspect.Inspection;
import io.plumbline.quantizer.inspect.Inspector;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline inspect}. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows what a model is made of, and what keeps it from being quantized or from running fast.")
public final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL.onnx", description = "The model.")
    private Path model = Path.of("");

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ToolException {
        var file = ModelFile.of(model);
        var inspection = Inspector.inspect(file.parsed());
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(Say.object("file", file.name(), "sizeBytes", file.size(), "model", inspection)));
        } else {
            print(file, inspection, out);
        }
        out.flush();
        return 0;
    }

    private static void print(ModelFile file, Inspection model, PrintWriter out) throws ToolException {
        out.println(file.name() + ": " + model.precision() + ", " + Say.bytes(file.size()) + ", opset " + model.opset()
                + ", IR " + model.irVersion()
                + (model.producer().isEmpty() ? "" : ", by " + model.producer()));
        ports("input", model.inputs(), out);
        ports("output", model.outputs(), out);
        out.println();
        var weights = new Table("weights", "bytes");
        model.weightBytes().forEach((type, bytes) -> weights.row(type, String.valueOf(bytes)));
        weights.lines().forEach(out::println);
        out.println();
        var operators = new Table("operator", "nodes");
        model.operators().forEach((operator, count) -> operators.row(operator, String.valueOf(count)));
        operators.lines().forEach(out::println);
        if (!model.metadata().isEmpty()) {
            out.println();
            model.metadata().forEach((key, value) -> out.println(key + ": " + value));
        }
        out.println();
        if (model.obstacles().isEmpty()) {
            out.println("nothing known keeps it from being quantized and running fast");
        }
        for (var obstacle : model.obstacles()) {
            out.println(obstacle.operator() + (obstacle.count() > 1 ? " (" + obstacle.count() + ")" : "") + ": "
                    + obstacle.because());
            obstacle.where().stream()
                    .limit(1)
                    .forEach(node -> out.println("  " + (obstacle.count() > 1 ? "such as " : "at ") + node));
        }
    }

    private static void ports(String kind, List<Inspection.Port> ports, PrintWriter out) {
        ports.forEach(port -> out.println(kind + " '" + port.name() + "' " + port.type() + " " + port.shape()));
    }
}
