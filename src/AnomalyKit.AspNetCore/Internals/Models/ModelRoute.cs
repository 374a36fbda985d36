namespace AnomalyKit.Serving.Models;

/// <summary>The model that a route names.</summary>
internal static class ModelRoute
{
    public const string Prefix = "/v1/models";

    /// <summary>The model of <c>{name}</c>, and of <c>{version}</c> where the route has it.</summary>
    /// <exception cref="ModelNotFoundException">It is not served.</exception>
    public static ServedModel ModelOf(HttpContext context, IDetectorPool pool)
    {
        var values = context.Request.RouteValues;
        return pool.GetModel((string)values["name"]!, (string?)values["version"]);
    }
}
