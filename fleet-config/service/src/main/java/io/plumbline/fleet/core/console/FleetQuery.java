package io.plumbline.fleet.core.console;

/**
 * Which part of the fleet is to be shown.
 *
 * @param site all sites if it is empty
 * @param gateway a part of the name; all gateways if it is empty
 * @param page of the gateways, from 1
 * @param sitePage of the sites, from 1
 */
public record FleetQuery(String site, String gateway, int page, int sitePage) {}
