using AnomalyKit.Samples.CreditCard.Reporting;
using Spectre.Console.Rendering;

namespace AnomalyKit.Samples.Tests.CreditCard;

/// <summary>Shows nothing, and remembers what was said.</summary>
internal sealed class SilentView : IProgressView
{
    /// <summary>Called before every step with its title.</summary>
    public Action<string> OnStep { get; init; } = _ => { };

    public int Width => 80;

    public List<string> Said { get; } = [];

    public T Step<T>(string title, Func<IProgress<double>, T> work)
    {
        OnStep(title);
        return work(new Progress<double>());
    }

    public void Say(string text) => Said.Add(text);

    public void Warn(string text) => Said.Add(text);

    public void Show(IRenderable content)
    {
    }
}
