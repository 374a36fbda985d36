using AnomalyKit.Tool.Output;

namespace AnomalyKit.Tool.Running;

/// <summary>Shows row after row on standard error and takes answers from standard input: y (anomaly), n (normal), s (unsure), u (undo), q (quit). The end of the input quits.</summary>
internal sealed class ReviewDialog(ToolContext context, TableFeedback feedback, string path, string analyst, QuestionChoice choice)
{
    private const string Keys = "Anomaly? y yes, n no, s unsure, u undo, q quit: ";

    // Of this sitting: what was answered before it is not taken back by a slip.
    private int _changes;

    public void Run()
    {
        var session = feedback.Session;
        while (session.Ask(1, choice).Items is [var question])
        {
            if (session.Summary.ShownCount >= FeedbackSession.MaxAnswers)
            {
                context.Say($"{FeedbackSession.MaxAnswers} rows have answers, and no more may. With so many labels, train a classifier.");
                return;
            }

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
                    if (TakeBack(session))
                        break;
                    continue;
                }

                if (Label(line) is { } label)
                {
                    session.Answer(question.Key, label, analyst);
                    _changes++;
                    break;
                }

                context.Say("Type one of y, n, s, u, q.");
            }

            session.Save(path);
        }

        context.Say("No row is left to ask about.");
    }

    /// <returns>Whether there was an answer to take back.</returns>
    private bool TakeBack(FeedbackSession session)
    {
        if (_changes == 0 || session.Undo() is not { } change)
        {
            context.Say("There is nothing to undo. You have not answered anything in this session, or you have undone all of it.");
            return false;
        }

        _changes--;
        context.Say($"Taken back: {TextTable.Printable((change.After ?? change.Before)!.Key)}");
        return true;
    }

    /// <summary>Waits for a line on another thread, so that a signal ends the waiting.</summary>
    private string? ReadLine()
    {
        var reading = Task.Run(context.Input.ReadLine);
        try
        {
            reading.Wait(context.CancellationToken);
        }
        catch (OperationCanceledException) when (File.Exists(path))
        {
            context.Say($"The answers until now are kept in '{path}'.");
            throw;
        }

        return reading.Result;
    }

    private static FeedbackLabel? Label(string line) => Is(line, "y") ? FeedbackLabel.Anomaly : Is(line, "n") ? FeedbackLabel.Normal : Is(line, "s") ? FeedbackLabel.Unsure : null;

    private static bool Is(string line, string key) => line.Trim().Equals(key, StringComparison.OrdinalIgnoreCase);
}
