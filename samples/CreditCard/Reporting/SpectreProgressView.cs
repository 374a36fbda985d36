using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Bars that move, for terminals.</summary>
internal sealed class SpectreProgressView(IAnsiConsole console) : IProgressView
{
    public int Width => console.Profile.Width;

    public T Step<T>(string title, Func<IProgress<double>, T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => work(new Bar(context.AddTask(Markup.Escape(title), maxValue: 1))));
        console.MarkupLineInterpolated($"[green]✓[/] {title} [grey]{Durations.Text(watch.Elapsed.TotalSeconds)}[/]");
        return result;
    }

    public void Say(string text) => console.WriteLine(text);

    public void Warn(string text) => console.MarkupLineInterpolated($"[yellow]{text}[/]");

    public void Show(IRenderable content) => console.Write(content);

    private sealed class Bar(ProgressTask task) : IProgress<double>
    {
        public void Report(double value) => task.Value = value;
    }
}
