using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Feedback.Sessions;

namespace AnomalyKit.Feedback.Questions;

/// <summary>Chooses rows to ask about. Equal candidates go by their keys, so that the order of the rows does not matter.</summary>
/// <param name="space">Where rows lie.</param>
/// <param name="lesson">What was learned so far.</param>
/// <param name="candidates">What is chosen from, ascending by key.</param>
/// <param name="nearness">For each answered row of the lesson, the nearness of all candidates.</param>
/// <param name="odds">The present logarithm of the odds of each candidate.</param>
internal sealed class QuestionChooser(RowSpace space, Lesson lesson, Candidates candidates, double[][] nearness, double[] odds)
{
    // The first questions look where the prior's anomalies end; from then on every second one looks where an answer teaches most.
    private const int FirstUncertain = 20;

    // Of the candidates that could teach most, so many are looked at closely.
    private const int TeachingCandidates = 1024;

    // Rows nearer than this to one that is asked about already are copies of it, for the purpose of asking.
    private const double CopyNearness = 0.9;

    /// <param name="available">Whether each candidate may be asked about.</param>
    /// <param name="asked">The features of rows whose answers teach nothing, or are not there yet: their copies come last.</param>
    /// <param name="answered">How many rows have an answer.</param>
    /// <param name="count">How many to choose.</param>
    /// <param name="choice">By what.</param>
    public List<int> Choose(bool[] available, List<float[]> asked, int answered, int count, QuestionChoice choice)
    {
        var chosen = new List<int>();
        var copies = choice == QuestionChoice.Top ? null : new bool[candidates.Count];
        foreach (float[] features in asked)
            MarkCopies(copies, features);
        double[]? kept = choice == QuestionChoice.Balanced ? null : Values(choice, available);
        while (chosen.Count < count)
        {
            double[] values = kept ?? Values(IsTeaching(answered + chosen.Count) ? null : QuestionChoice.Uncertain, available);
            int next = Best(values, available, copies);
            if (next < 0)
                break;
            chosen.Add(next);
            available[next] = false;
            MarkCopies(copies, candidates.Features(next));
        }

        return chosen;
    }

    private static bool IsTeaching(int answered) => answered >= FirstUncertain && answered % 2 == 1;

    /// <summary>How much each candidate is worth; by what an answer would teach where there is no other choice.</summary>
    private double[] Values(QuestionChoice? choice, bool[] available) => choice switch
    {
        null => Teaching(available),
        QuestionChoice.Uncertain => Array.ConvertAll(odds, value => -Math.Abs(value)),
        _ => odds,
    };

    /// <summary>The variance of the probability that is left, where that can be great.</summary>
    private double[] Teaching(bool[] available)
    {
        var values = new double[odds.Length];
        Array.Fill(values, double.NegativeInfinity);
        var bounds = new List<(double Bound, int Candidate)>();
        for (int i = 0; i < odds.Length; i++)
        {
            double probability = AnswerFit.Probability(odds[i]);
            if (available[i])
                bounds.Add((probability * (1 - probability), i));
        }

        bounds.Sort((one, other) => one.Bound != other.Bound ? other.Bound.CompareTo(one.Bound) : one.Candidate.CompareTo(other.Candidate));
        foreach (var (_, i) in bounds.Take(TeachingCandidates))
        {
            double variance = lesson.VarianceOf(candidates.Features(i), nearness, i);
            double probability = AnswerFit.Probability(odds[i] / Math.Sqrt(1 + (Math.PI * variance / 8)));
            values[i] = probability * (1 - probability) * variance;
        }

        return values;
    }

    private static int Best(double[] values, bool[] available, bool[]? copies)
    {
        int best = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (!available[i])
                continue;
            if (best < 0 || (copies is not null && copies[best] != copies[i] ? copies[best] : values[i] > values[best]))
                best = i;
        }

        return best;
    }

    private void MarkCopies(bool[]? copies, ReadOnlySpan<float> features)
    {
        for (int i = 0; i < copies?.Length; i++)
            copies[i] |= AnswerKernel.Nearness(space, candidates.Features(i), features) > CopyNearness;
    }
}
