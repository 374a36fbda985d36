using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>Gets the rows of an evaluation: from the file where one was found, else made up.</summary>
internal static class DataLoading
{
    public static CreditCardData Load(
        string? path, SyntheticOptions synthetic, int threads, IProgressView view, CancellationToken cancellationToken)
    {
        if (path is null)
            Announce(view, synthetic);
        var data = path is null
            ? view.Step("Making up rows", progress => SyntheticCreditCard.Generate(synthetic, threads, progress, cancellationToken))
            : view.Step($"Reading {Path.GetFileName(path)}", progress => CreditCardFile.Load(path, progress, cancellationToken));
        if (data.Frauds == 0 || data.Frauds == data.Rows.RowCount)
        {
            throw new SampleException(
                $"{data.Source}: {data.Frauds} of {data.Rows.RowCount} rows are labelled as frauds in column '{CreditCardFile.LabelColumn}'. Both classes are needed to measure anything.");
        }

        return data;
    }

    private static void Announce(IProgressView view, SyntheticOptions synthetic) => view.Warn(
        $"No creditcard.csv found: using a SYNTHETIC set of {synthetic.Rows:N0} rows (seed {synthetic.Seed}). Its figures say nothing about real fraud. "
        + $"For the real set: the command 'download', the option --data FILE, or the environment variable {DataLocator.Variable}.");
}
