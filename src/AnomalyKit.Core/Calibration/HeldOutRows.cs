using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>The rows that a model is fitted on, and those set aside to calibrate it; both in the order of the data.</summary>
internal sealed record HeldOutRows(int[] Fitted, int[] HeldOut)
{
    // The seeds of detectors draw from streams of small numbers: this one keeps clear of them.
    private const ulong Stream = 0x63616C69_62726174;

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
