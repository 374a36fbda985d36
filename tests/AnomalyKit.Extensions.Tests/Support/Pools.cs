using AnomalyKit.Serving.Loading;
using Microsoft.Extensions.Logging.Abstractions;

namespace AnomalyKit.Extensions.Tests.Support;

/// <summary>Pools without a host.</summary>
internal static class Pools
{
    public static DetectorPool Of(AnomalyDetectionOptions options) => new([], () => options, new ModelLoader(meters: null, meterFactory: null, () => options.Monitoring), NullLogger.Instance);

    public static DetectorPool Of(string folder) => Of(new AnomalyDetectionOptions { ModelFolder = folder });

    public static float Score(this ServedModel model)
    {
        var scores = new float[1];
        model.Score(new double[model.Columns.ColumnCount], scores);
        return scores[0];
    }
}
