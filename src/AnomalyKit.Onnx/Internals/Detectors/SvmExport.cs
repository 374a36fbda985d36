using AnomalyKit.OneClassSvm;
using AnomalyKit.OneClassSvm.Kernels;
using AnomalyKit.Onnx.Graphs;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>A one-class SVM: (ρ − Σ αᵢ K(xᵢ, x)) / Σ αᵢ, in double from the cells that the library computes kernels of.</summary>
internal static class SvmExport
{
    /// <summary>Support vectors at once: what bounds the memory of a run.</summary>
    private const int BlockPoints = 1024;

    /// <summary>Beyond, the squared length of a scaled row is too large for distances as differences of lengths and products, even in double.</summary>
    private const double FarSquare = 1e6;

    public static Value Score(GraphBuilder graph, OneClassSvmDetector detector, Value cells)
    {
        var model = detector.Model;
        var scaled = ScaledRows(graph, model, cells);
        double[] points = ScaledPoints(model);
        var sum = model.Function.Kind switch
        {
            SvmKernelKind.Linear => Linear(graph, model, scaled, points),
            SvmKernelKind.Rbf => Radial(graph, model, scaled, points),
            SvmKernelKind.Polynomial or SvmKernelKind.Sigmoid => Products(graph, model, scaled, points),
            var other => throw new OnnxExportException($"The kernel '{other}' has no form in ONNX here."),
        };
        var score = graph.Divide(graph.Subtract(graph.Number(model.Solved.Rho), sum), graph.Number(model.Solved.CoefficientSum));
        return graph.ToSingle(graph.Clip(score, float.MinValue, float.MaxValue));
    }

    private static Value ScaledRows(GraphBuilder graph, OneClassSvmModel model, Value cells)
    {
        var centered = graph.Subtract(graph.ToDouble(cells), graph.Constant(model.Origin, 1, model.Columns));
        var scaled = graph.Multiply(centered, graph.Number(model.Function.CellScale));
        // Rounded to float32, as the library's rows are.
        return graph.ToDouble(graph.ToSingle(graph.Clip(scaled, -KernelFunction.LargestCell, KernelFunction.LargestCell)));
    }

    private static double[] ScaledPoints(OneClassSvmModel model)
    {
        var scaled = new float[model.SupportVectors.Length];
        for (int at = 0; at < scaled.Length; at += model.Columns)
            model.Function.ScaleRow(model.SupportVectors.AsSpan(at, model.Columns), model.Origin, scaled.AsSpan(at, model.Columns));
        return Array.ConvertAll(scaled, cell => (double)cell);
    }

    /// <summary>Products are linear: all support vectors become one.</summary>
    private static Value Linear(GraphBuilder graph, OneClassSvmModel model, Value rows, double[] points)
    {
        var weights = new double[model.Columns];
        for (int i = 0; i < model.Weights.Length; i++)
        {
            for (int j = 0; j < weights.Length; j++)
                weights[j] = Math.FusedMultiplyAdd(model.Weights[i], points[(i * weights.Length) + j], weights[j]);
        }

        return graph.MatMul(rows, graph.Constant(weights, weights.Length, 1));
    }

    private static Value Products(GraphBuilder graph, OneClassSvmModel model, Value rows, double[] points)
    {
        bool isPolynomial = model.Function.Kind == SvmKernelKind.Polynomial;
        return Sum(graph, model, [.. Enumerable.Range(0, model.Weights.Length)], points, block =>
        {
            var shifted = graph.Add(graph.MatMul(rows, block.Points), graph.Number(model.Function.Coef0));
            return isPolynomial
                ? graph.Clip(
                    graph.Power(shifted, graph.Number(model.Function.Degree)), -KernelFunction.LargestValue, KernelFunction.LargestValue)
                : graph.Apply("Tanh", [shifted]);
        });
    }

    private static Value Radial(GraphBuilder graph, OneClassSvmModel model, Value rows, double[] points)
    {
        int columns = model.Columns;
        double[] squares = [.. Enumerable.Range(0, model.Weights.Length).Select(i => Square(points.AsSpan(i * columns, columns)))];
        int[] near = [.. Enumerable.Range(0, squares.Length).Where(i => squares[i] <= FarSquare)];
        int[] far = [.. Enumerable.Range(0, squares.Length).Where(i => squares[i] > FarSquare)];
        Value? sum = null;
        if (near.Length > 0)
        {
            var lengths = graph.SumOfSquaresOfRow(rows);
            sum = Sum(graph, model, near, points, block =>
            {
                var products = graph.Multiply(graph.MatMul(rows, block.Points), graph.Number(-2));
                var distances = graph.Add(graph.Add(products, lengths), graph.Constant([.. block.Which.Select(i => squares[i])], 1, block.Which.Length));
                return Kernel(graph, graph.Max(distances, graph.Number(0)));
            });
        }

        if (far.Length > 0)
        {
            var others = Far(graph, model, far, rows, points);
            sum = sum is { } some ? graph.Add(some, others) : others;
        }

        return sum!.Value;
    }

    /// <summary>Few as a rule: one after the other, by differences.</summary>
    private static Value Far(GraphBuilder graph, OneClassSvmModel model, int[] which, Value rows, double[] points)
    {
        int columns = model.Columns;
        double[] own = [.. which.SelectMany(i => points.AsSpan(i * columns, columns).ToArray())];
        var body = graph.Inner();
        var before = body.InnerInput(ElementType.Double, null);
        var point = body.InnerInput(ElementType.Double, columns);
        var weight = body.InnerInput(ElementType.Double, null);
        var value = Kernel(body, body.SumOfSquaresOfRow(body.Subtract(rows, point)));
        body.InnerOutput(body.Add(before, body.Multiply(value, weight)), ElementType.Double, null);
        return graph.Apply(
            "Scan",
            [graph.ForEveryRow(rows, 0), graph.Constant(own, which.Length, columns), graph.Constant([.. which.Select(i => model.Weights[i])], which.Length)],
            Attributes.Graph("body", body.Graph),
            Attributes.Number("num_scan_inputs", 2));
    }

    /// <summary>Cells are scaled so that the kernel is 2^(−distance² / 2).</summary>
    private static Value Kernel(GraphBuilder graph, Value squaredDistances) => graph.Exp(graph.Multiply(squaredDistances, graph.Number(-0.5 * Math.Log(2))));

    private static Value Sum(GraphBuilder graph, OneClassSvmModel model, int[] which, double[] points, Func<Block, Value> kernel)
    {
        int columns = model.Columns;
        Value? sum = null;
        foreach (int[] some in which.Chunk(BlockPoints))
        {
            graph.Size.Add(8L * columns * some.Length, "its support vectors");
            var transposed = new double[columns * some.Length];
            for (int i = 0; i < some.Length; i++)
            {
                for (int j = 0; j < columns; j++)
                    transposed[(j * some.Length) + i] = points[(some[i] * columns) + j];
            }

            var values = kernel(new Block(some, graph.Constant(transposed, columns, some.Length)));
            var part = graph.MatMul(values, graph.Constant([.. some.Select(i => model.Weights[i])], some.Length, 1));
            sum = sum is { } before ? graph.Add(before, part) : part;
        }

        return sum!.Value;
    }

    private static double Square(ReadOnlySpan<double> row)
    {
        double sum = 0;
        foreach (double cell in row)
            sum += cell * cell;
        return sum;
    }

    /// <param name="Which">The support vectors of the block.</param>
    /// <param name="Points">double [columns, of the block].</param>
    private sealed record Block(int[] Which, Value Points);
}
