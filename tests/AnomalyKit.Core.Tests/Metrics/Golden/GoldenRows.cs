namespace AnomalyKit.Core.Tests.Metrics;

/// <summary>Labelled scores that <c>make_sklearn_golden.py</c> has too.</summary>
internal sealed record GoldenRows(bool[] Labels, float[] Scores)
{
    /// <summary>The twin of the script's <c>generate</c>: integers only, so both languages make the same rows.</summary>
    internal static GoldenRows Generate(ulong seed, int rows, int anomaliesPerMillion, int levels, int shift)
    {
        ulong state = seed;
        bool[] labels = new bool[rows];
        float[] scores = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            int draw = Next(ref state);
            labels[row] = row == 0 || (row > 1 && draw % 1_000_000 < anomaliesPerMillion);
            int level = (Next(ref state) % levels) - (levels / 2) + (labels[row] ? shift : 0);
            scores[row] = level / 1024f;
        }

        return new GoldenRows(labels, scores);
    }

    private static int Next(ref ulong state)
    {
        state = unchecked((state * 6364136223846793005) + 1442695040888963407);
        return (int)(state >> 40);
    }
}
