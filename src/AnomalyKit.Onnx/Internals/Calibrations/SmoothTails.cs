using AnomalyKit.Onnx.Graphs;
using AnomalyKit.Onnx.Lookups;

namespace AnomalyKit.Onnx.Calibrations;

/// <summary>Tails of distributions, whose functions ONNX does not have: their logarithms as polynomials, found from the library's own numbers.</summary>
/// <remarks>Within 10⁻⁷ of the probability, relative to it, from 1 to 10⁻³⁰⁰.</remarks>
internal static class SmoothTails
{
    private const double Least = 1e-300;

    public static Value Of(GraphBuilder graph, TailCalibrator calibrator, Value scores)
    {
        // The last score whose tail is 1, and the first whose tail is as small as tails get.
        float start = Last(score => calibrator.TailProbability(score) >= 1);
        float last = Last(score => calibrator.TailProbability(score) > Least);
        float end = last == float.MaxValue ? last : MathF.BitIncrement(last);
        var wide = graph.ToDouble(scores);
        Value within;
        if (MathF.BitIncrement(start) >= end)
        {
            within = graph.Number(Least);
        }
        else
        {
            var pieces = Told(SmoothPieces.Of(score => Math.Log(calibrator.TailProbability(score)), start, end));
            within = graph.Exp(At(graph, pieces, scores, wide));
        }

        var tail = graph.Where(graph.LessOrEqual(wide, graph.Number(start)), graph.Number(1), within);
        return last == float.MaxValue ? tail : graph.Where(graph.GreaterOrEqual(wide, graph.Number(end)), graph.Number(Least), tail);
    }

    private static Value At(GraphBuilder graph, IReadOnlyList<SmoothPiece> pieces, Value scores, Value wide)
    {
        var count = SearchTree.CountUpTo(graph, scores, [.. pieces.Select(piece => SearchTree.Above(piece.Start))]);
        var t = graph.Divide(graph.Subtract(wide, Entry(piece => piece.Middle)), Entry(piece => piece.Half));
        // Scores outside are told apart later; they must not overflow on the way.
        t = graph.Clip(t, -1, 1);
        var value = Entry(piece => piece.Coefficients[^1]);
        for (int power = SmoothPiece.Terms - 2; power >= 0; power--)
        {
            int own = power;
            value = graph.Add(graph.Multiply(value, t), Entry(piece => piece.Coefficients[own]));
        }

        return value;

        // Scores below the first piece, told apart later, have the first one's entry.
        Value Entry(Func<SmoothPiece, double> of) => graph.Gather(graph.Constant([of(pieces[0]), .. pieces.Select(of)], pieces.Count + 1), count, 0);
    }

    /// <summary>The pieces in which there is a float32.</summary>
    private static IReadOnlyList<SmoothPiece> Told(IReadOnlyList<SmoothPiece> pieces) =>
        [.. pieces.Where((piece, i) => i == pieces.Count - 1 || SearchTree.Above(piece.Start) < SearchTree.Above(pieces[i + 1].Start))];

    /// <summary>The last float32 for which something holds that holds up to some score.</summary>
    private static float Last(Func<float, bool> holds)
    {
        long low = Order(-float.MaxValue);
        long high = Order(float.MaxValue);
        while (low < high)
        {
            long middle = (low + high + 1) >> 1;
            if (holds(Number(middle)))
                low = middle;
            else
                high = middle - 1;
        }

        return Number(low);
    }

    private static long Order(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return bits >= 0 ? bits : -(long)(bits & 0x7FFFFFFF);
    }

    private static float Number(long order) => order >= 0 ? BitConverter.Int32BitsToSingle((int)order) : -BitConverter.Int32BitsToSingle((int)-order);
}
