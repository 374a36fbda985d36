using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Plain lines, for output that goes to a file or a pipe.</summary>
internal sealed class PlainProgressView(IAnsiConsole console) : IProgressView
{
    public int Width => console.Profile.Width;

    public T Step<T>(string title, Func<IProgress<double>, T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = work(new Lines(console, title));
        console.WriteLine($"{title}: {Durations.Text(watch.Elapsed.TotalSeconds)}");
        return result;
    }

    public void Say(string text) => console.WriteLine(text);

    public void Warn(string text) => console.WriteLine($"Note: {text}");

    public void Show(IRenderable content) => console.Write(content);

    /// <summary>A line every few seconds, so that long steps show that they live.</summary>
    private sealed class Lines(IAnsiConsole console, string title) : IProgress<double>
    {
        private const double Interval = 5;

        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Lock _lock = new();
        private double _next = Interval;

        public void Report(double value)
        {
            lock (_lock)
            {
                if (_watch.Elapsed.TotalSeconds < _next)
                    return;
                _next = _watch.Elapsed.TotalSeconds + Interval;
                console.WriteLine(FormattableString.Invariant($"{title}: {value:P0}"));
            }
        }
    }
}
