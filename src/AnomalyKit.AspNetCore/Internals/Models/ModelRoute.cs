using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Models;

/// <summary>The model that a route names.</summary>
internal static class ModelRoute
{
    public const string Prefix = "/v1/models";

    /// <summary>The model of <c>{name}</c>, and of <c>{version}</c> where the route has it.</summary>
    /// <exception cref="RequestException">503: it should be served, and is not now.</exception>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    public static ServedModel ModelOf(HttpContext context, IDetectorPool pool)
    {
        var values = context.Request.RouteValues;
        return Find(pool, (string)values["name"]!, (string?)values["version"]);
    }

    /// <summary>The model of a name, and of a version where one is given.</summary>
    /// <exception cref="RequestException">503: it should be served, and is not now.</exception>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    public static ServedModel Find(IDetectorPool pool, string name, string? version) =>
        pool.FindModel(name, version) ?? (MissingModel.Problem(pool, name, version) is { } problem ? throw problem : pool.GetModel(name, version));

    /// <summary>Why a model that is known cannot be used now; null where it can.</summary>
    /// <exception cref="ModelNotFoundException">There is no such model.</exception>
    public static RequestException? Unready(IDetectorPool pool, string name, string? version)
    {
        if (pool.FindModel(name, version) is not null)
            return null;
        if (MissingModel.Problem(pool, name, version) is { } problem)
            return problem;
        pool.GetModel(name, version);
        return null;
    }
}
