using System.Numerics.Tensors;

namespace AnomalyKit.Profiles;

/// <summary>Copies the values that are there.</summary>
internal static class SketchInput
{
    /// <param name="values">Finite numbers and NaN.</param>
    /// <param name="room">Receives all but NaN, with a zero that has no sign; as many at least.</param>
    /// <param name="areFinite">Whether there is no NaN for sure.</param>
    /// <returns>How many they are.</returns>
    public static int CopyPresent(ReadOnlySpan<double> values, Span<double> room, bool areFinite)
    {
        // −0 + 0 is 0, so that equal values have equal bits.
        if (areFinite)
        {
            TensorPrimitives.Add(values, 0.0, room[..values.Length]);
            return values.Length;
        }

        int kept = 0;
        for (int i = 0; i < values.Length; i++)
        {
            // Room behind the kept ones is free to be written.
            room[kept] = values[i] + 0.0;
            kept += double.IsNaN(values[i]) ? 0 : 1;
        }

        return kept;
    }
}
