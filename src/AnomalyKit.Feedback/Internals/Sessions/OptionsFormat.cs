using System.Globalization;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>The options of a session, in its file.</summary>
internal static class OptionsFormat
{
    public static void Write(ModelWriter writer, FeedbackOptions options)
    {
        writer.Set("candidates", options.CandidateCount);
        writer.Set("iterations", options.MaxIterations);
        writer.Set("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        if (options.Contamination is { } contamination)
            writer.Set("contamination", contamination);
    }

    public static FeedbackOptions Read(ModelReader reader)
    {
        try
        {
            return new FeedbackOptions
            {
                CandidateCount = reader.GetInt32("candidates", 0, int.MaxValue),
                MaxIterations = reader.GetInt32("iterations", 0, int.MaxValue),
                Seed = reader.GetUInt64("seed"),
                Contamination = reader.TryGetString("contamination", out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : null,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw ModelReader.FormatError("its options are out of range", exception);
        }
    }
}
