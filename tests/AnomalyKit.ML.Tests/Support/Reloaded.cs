namespace AnomalyKit.ML.Tests.Support;

/// <summary>What a saved pipeline is after it was loaded.</summary>
internal static class Reloaded
{
    public static ITransformer Of(MLContext context, ITransformer model, DataViewSchema schema)
    {
        using var zip = new MemoryStream();
        context.Model.Save(model, schema, zip);
        zip.Position = 0;
        return new MLContext().Model.Load(zip, out _);
    }
}
