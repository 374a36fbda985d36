namespace AnomalyKit.Serving.Protocol;

/// <summary>The model that a route names.</summary>
internal static class ModelRoute
{
    public const string Model = "model";
    public const string Version = "version";

    /// <summary>Finds the model.</summary>
    /// <exception cref="ModelNotFoundException">It is not served.</exception>
    public static ServedModel Find(HttpContext context, IDetectorPool pool)
    {
        var values = context.Request.RouteValues;
        return pool.GetModel((string)values[Model]!, values[Version] as string);
    }
}
