using Spectre.Console.Rendering;

namespace AnomalyKit.Samples.CreditCard.Reporting;

/// <summary>Shows a person how the work goes on.</summary>
internal interface IProgressView
{
    /// <summary>How many characters a line has room for.</summary>
    int Width { get; }

    /// <summary>Does a step, whose progress from 0 to 1 is shown.</summary>
    T Step<T>(string title, Func<IProgress<double>, T> work);

    /// <summary>Says something.</summary>
    void Say(string text);

    /// <summary>Says something that must not be missed.</summary>
    void Warn(string text);

    /// <summary>Shows a table or the like.</summary>
    void Show(IRenderable content);
}
