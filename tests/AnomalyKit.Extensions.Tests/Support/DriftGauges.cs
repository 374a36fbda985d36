using System.Diagnostics.Metrics;

namespace AnomalyKit.Extensions.Tests.Support;

/// <summary>What the gauges of drift measure.</summary>
internal static class DriftGauges
{
    /// <summary>What they measure now, by the rest of their names; that of the rows that are waited for, or all others.</summary>
    public static Dictionary<string, double> Of(IMeterFactory factory, bool waits = false)
    {
        const string Prefix = "anomalykit.serving.drift.";
        var values = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == factory && instrument.Name.StartsWith(Prefix, StringComparison.Ordinal) && waits == (instrument.Name == ServingMeters.DriftMissingRows))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name[Prefix.Length..]] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            string name = instrument.Name[Prefix.Length..];
            foreach (var tag in tags)
                name += tag.Key == "anomalykit.column" ? $" {tag.Value}" : "";
            values[name] = value;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
