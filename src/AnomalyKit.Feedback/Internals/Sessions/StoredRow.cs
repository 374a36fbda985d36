namespace AnomalyKit.Feedback.Sessions;

/// <summary>A row with an answer, as it was when it was answered: it goes on teaching where later rows do not have it.</summary>
/// <param name="Features">Where it lies.</param>
/// <param name="Prior">Its odds before any answer, as a logarithm.</param>
internal sealed record StoredRow(float[] Features, double Prior)
{
    // Another machine may round the last digits differently.
    private const double Rounding = 1e-5;

    /// <summary>Whether both are the same row: by their columns, from which members' scores follow.</summary>
    /// <param name="other">A row of the same space.</param>
    /// <param name="memberCount">How many of the features are members'.</param>
    public bool IsSameRow(StoredRow other, int memberCount)
    {
        for (int i = memberCount; i < Features.Length; i++)
        {
            double difference = Math.Abs((double)Features[i] - other.Features[i]);
            if (Features[i] != other.Features[i] && !(difference <= Rounding * Math.Max(1, Math.Abs(Features[i]))))
                return false;
        }

        return true;
    }
}
