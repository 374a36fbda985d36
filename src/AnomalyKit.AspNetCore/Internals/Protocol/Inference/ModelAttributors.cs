using System.Runtime.CompilerServices;

namespace AnomalyKit.Serving.Protocol;

/// <summary>What explains the rows of each model: prepared once, and freed with the model.</summary>
internal static class ModelAttributors
{
    private static readonly ConditionalWeakTable<ServedModel, Entry> Entries = [];

    /// <summary>The attributor of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="problem">Why there is none.</param>
    /// <returns>The attributor, or null.</returns>
    public static RowAttributor? Find(ServedModel model, out string? problem)
    {
        var entry = Entries.GetValue(model, Entry.Of);
        problem = entry.Problem;
        return entry.Attributor;
    }

    private sealed record Entry(RowAttributor? Attributor, string? Problem)
    {
        public static Entry Of(ServedModel model)
        {
            try
            {
                return new Entry(model.Detector.CreateAttributor(), null);
            }
            catch (InvalidOperationException e)
            {
                return new Entry(null, e.Message);
            }
        }
    }
}
