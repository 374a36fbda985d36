using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The rows that a model is fitted on, and those set aside to calibrate it; both in the order of the data.</summary>
internal sealed record HeldOutRows(int[] Fitted, int[] HeldOut)
{
    // The seeds of detectors draw from streams of small numbers: this one keeps clear of them.
    private const ulong Stream = 0x63616C69_62726174;

    /// <summary>Fewer rows above a threshold are few: their number varies by about its square root from one draw of the rows to the next, here by a quarter.</summary>
    public const int FewAbove = 16;

    /// <summary>Says on how many rows a threshold rests that was found in rows set aside.</summary>
    /// <param name="scores">Their scores.</param>
    /// <param name="threshold">The threshold.</param>
    /// <returns>For example <c>rests on few rows: 2 of 702 set aside are above</c>.</returns>
    public static string Evidence(ReadOnlySpan<float> scores, double threshold)
    {
        int above = 0;
        foreach (float score in scores)
            above += score > threshold ? 1 : 0;
        return above < FewAbove
            ? FormattableString.Invariant($"rests on few rows: {above} of {scores.Length} set aside {(above == 1 ? "is" : "are")} above")
            : FormattableString.Invariant($"{above} of {scores.Length} rows set aside are above");
    }

    public static HeldOutRows Draw(int rows, ScoreCalibration calibration)
    {
        int count = Math.Clamp((int)Math.Round(rows * calibration.HeldOutFraction), Math.Min(1, rows), rows);
        var heldOut = new int[count];
        new CounterRandom(calibration.HeldOutSeed, Stream).SampleWithoutReplacement(rows, heldOut);
        Array.Sort(heldOut);
        var fitted = new int[rows - count];
        int next = 0;
        int aside = 0;
        for (int row = 0; row < rows; row++)
        {
            if (aside < count && heldOut[aside] == row)
                aside++;
            else
                fitted[next++] = row;
        }

        return new HeldOutRows(fitted, heldOut);
    }
}
