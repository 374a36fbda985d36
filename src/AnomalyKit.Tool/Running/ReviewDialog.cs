using AnomalyKit.Tool.Output;

namespace AnomalyKit.Tool.Running;

/// <summary>Shows row after row on standard error and takes answers from standard input: y (anomaly), n (normal), s (unsure), u (undo), q (quit). The end of the input quits.</summary>
internal sealed class ReviewDialog(ToolContext context, TableFeedback feedback, string path, string analyst, QuestionChoice choice)
{
    private const string Keys = "Anomaly? y yes, n no, s unsure, u undo, q quit: ";

    public void Run()
    {
        var session = feedback.Session;
        while (session.Ask(1, choice).Items is [var question])
        {
            ReviewView.Write(context, feedback, question);
            while (true)
            {
                context.Errors.Write(Keys);
                context.Errors.Flush();
                string? line = ReadLine();
                if (line is null || Is(line, "q"))
                    return;
                if (Is(line, "u"))
                {
                    context.Say(session.Undo() is { } change ? $"Taken back: {TextTable.Printable((change.After ?? change.Before)!.Key)}" : "There is nothing to take back.");
                    break;
                }

                if (Label(line) is { } label)
                {
                    session.Answer(question.Key, label, analyst);
                    break;
                }

                context.Say("Type one of y, n, s, u, q.");
            }

            session.Save(path);
        }

        context.Say("No row is left to ask about.");
    }

    /// <summary>Waits for a line on another thread, so that a signal ends the waiting.</summary>
    private string? ReadLine()
    {
        var reading = Task.Run(context.Input.ReadLine);
        reading.Wait(context.CancellationToken);
        return reading.Result;
    }

    private static FeedbackLabel? Label(string line) => Is(line, "y") ? FeedbackLabel.Anomaly : Is(line, "n") ? FeedbackLabel.Normal : Is(line, "s") ? FeedbackLabel.Unsure : null;

    private static bool Is(string line, string key) => line.Trim().Equals(key, StringComparison.OrdinalIgnoreCase);
}
