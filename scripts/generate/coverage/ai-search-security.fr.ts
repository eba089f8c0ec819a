import type { CoveredDocument } from './statement';
import { searchAccess } from './statements/searchAccess';
import { searchData } from './statements/searchData';
import { searchTraffic } from './statements/searchTraffic';

export const searchSecurityFrench: CoveredDocument = {
  seed: 'ai-search-security.fr',
  about: 'French: an overview of the security of Azure AI Search.',
  sections: [
    {
      name: 'Vue d’ensemble de la sécurité dans la recherche Azure AI',
      sentences: [['protègent les données et les opérations', searchTraffic.aim]],
    },
    {
      name: 'Flux de données (modèles de trafic réseau)',
      sentences: [
        ['Bien que ce modèle soit prédominant', searchTraffic.publicByDefault],
        ['trois modèles de trafic réseau de base', searchTraffic.threePatterns],
      ],
    },
    {
      name: 'Trafic entrant',
      sentences: [
        ['Créer, lire, mettre à jour ou supprimer', searchTraffic.inboundOperations],
        ['toutes les demandes entrantes doivent être', searchTraffic.inboundAuthenticated],
        ['Authentification basée sur la clé', searchTraffic.keyAuthentication],
        ['Contrôle d’accès en fonction du rôle', searchTraffic.roleAuthentication],
        ['restreindre davantage l’accès au point', searchTraffic.networkOnTop],
      ],
    },
    {
      name: 'Trafic interne',
      sentences: [
        ['sécurisées et gérées par Microsoft', searchTraffic.internalIsMicrosofts],
        ['Les appels de service à service', searchTraffic.internalCalls],
      ],
    },
    {
      name: 'Trafic sortant',
      sentences: [
        ['peuvent être sécurisées et gérées par vous', searchTraffic.outboundIsYours],
        ['Connectez-vous à des sources de données', searchTraffic.indexersRead],
        ['conserver les magasins de connaissances', searchTraffic.indexersWrite],
        ['Connectez-vous aux fonctions Azure', searchTraffic.customSkills],
        ['Indexeurs et vectorisation intégrée', searchTraffic.embeddingWhileIndexing],
        ['Vectoriseurs Connectez-vous', searchTraffic.embeddingWhileAsking],
        ['Service de recherche Connectez-vous', searchTraffic.keysFromVault],
        ['la chaîne de connexion d’accès complet', searchTraffic.howItConnects],
        ['Azure derrière un pare-feu', searchTraffic.behindFirewall],
        ['créez une liaison privée partagée', searchTraffic.behindPrivateLink],
      ],
    },
    {
      name: 'Exception pour les services de recherche et de stockage dans la même région',
      sentences: [
        ['est routé via une adresse IP privée', searchTraffic.sameRegion],
        ['l’une des approches suivantes', searchTraffic.sameRegionWays],
      ],
    },
    {
      name: 'Sécurité du réseau',
      sentences: [['votre première ligne de défense', searchTraffic.networkFirst]],
    },
    {
      name: 'Connexion entrante via des pare-feu IP',
      sentences: [
        ['créez une règle de pare-feu entrante', searchTraffic.allowAddresses],
        ['configurer l’accès du pare-feu', searchTraffic.anyTool],
        ['avec le paramètre IpRule', searchTraffic.anyTool],
      ],
    },
    {
      name: 'Connexion entrante à un point de terminaison privé',
      sentences: [
        ['Pour une sécurité plus rigoureuse', searchTraffic.endpointIsStricter],
        ['une adresse IP de l’espace d’adressage', searchTraffic.endpointAddress],
        ['représente un coût supplémentaire', searchTraffic.endpointCosts],
      ],
    },
    {
      name: 'Authentification',
      sentences: [
        ['prend en charge deux approches', searchAccess.thenAuthenticate],
        ['établit l’appelant (et non la requête)', searchAccess.entra],
        ['s’effectue sur la demande', searchAccess.keyIsEnough],
        ['utiliser les deux méthodes', searchAccess.eitherOrBoth],
      ],
    },
    {
      name: 'Autorisation',
      sentences: [['des modèles d’autorisation', searchAccess.authorizes]],
    },
    {
      name: 'Autoriser le management des services Azure',
      sentences: [
        ['Resource Manager est utilisé pour', searchAccess.managementRoles],
        ['Trois rôles de base', searchAccess.basicRoles],
        ['verrouiller un abonnement ou une ressource', searchAccess.locks],
      ],
    },
    {
      name: 'Autoriser l’accès au contenu',
      sentences: [
        ['aux objets créés et hébergés', searchAccess.contentIs],
        ['Pour l’autorisation basée sur les rôles', searchAccess.contentByRole],
        ['Pour l’autorisation basée sur des clés', searchAccess.contentByKey],
      ],
    },
    {
      name: 'Restriction de l’accès aux index',
      sentences: [
        ['des autorisations sur des index individuels', searchAccess.perIndex],
        ['disposant d’une clé d’administration', searchAccess.adminKeysDoAll],
        ['contrôle de code source en interne', searchAccess.sourceControl],
        ['système de basculement dans le cluster', searchAccess.failover],
        ['architecture mutualisée qui nécessitent', searchAccess.tenants],
      ],
    },
    {
      name: 'Restriction de l’accès aux documents',
      sentences: [
        ['ne sont pas prises en charge en mode natif', searchAccess.documentsNotNative],
        ['une technique permettant d’appliquer', searchAccess.documentFilter],
        ['basé sur les filtres d’identité', searchAccess.identityFilters],
        ['en fonction des identités Microsoft Entra', searchAccess.entraFilters],
      ],
    },
    {
      name: 'Résidence des données',
      sentences: [
        ['où les données client sont stockées', searchData.region],
        ['la seule ressource externe', searchData.writesToStorage],
        ['cache d’enrichissement, session de débogage', searchData.whichFeatures],
      ],
    },
    {
      name: 'Exceptions aux engagements de résidence des données',
      sentences: [
        ['ne doivent pas saisir de données sensibles', searchData.namesLeave],
        ['pendant un an et demi', searchData.telemetry],
      ],
    },
    {
      name: 'Protection des données',
      sentences: [
        ['le chiffrement des données est intégré', searchData.encryptedAlways],
        ['un double chiffrement des données au repos', searchData.ownKeysOnTop],
        ['s’étend aux données à court terme', searchData.whichObjects],
      ],
    },
    {
      name: 'Données en transit',
      sentences: [['écoute sur le port HTTPS 443', searchData.inTransit]],
    },
    {
      name: 'Données au repos',
      sentences: [
        ['qui dépendent du Stockage Azure', searchData.storageEncrypts],
        ['Clés managées par Microsoft', searchData.microsoftKeys],
        ['dans des régions spécifiques', searchData.ownKeysOnDisks],
        ['chiffrement complet côté serveur', searchData.ownKeysEverywhere],
      ],
    },
    {
      name: 'Clés gérées par le service',
      sentences: [
        ['une opération Microsoft interne', searchData.serviceKeys],
        ['s’applique à tout le contenu', searchData.serviceKeysCover],
      ],
    },
    {
      name: 'Clés gérées par le client (CMK)',
      sentences: [
        ['nécessitent un service facturable', searchData.vaultNeeded],
        ['La prise en charge des clés gérées', searchData.twoPhases],
        ['d’augmenter la taille de l’index', searchData.slower],
      ],
    },
    {
      name: 'Gérer les clés API',
      sentences: [
        ['un plan pour la régénération', searchAccess.planRotation],
        ['deux clés d’administration', searchAccess.twoKeys],
      ],
    },
    {
      name: 'Journal d’activité et journaux de ressource',
      sentences: [
        ['les identités des utilisateurs', searchAccess.noIdentities],
        ['À l’aide d’alertes', searchAccess.alerts],
        ['Collecter et analyser', searchAccess.collectLogs],
      ],
    },
    {
      name: 'Certifications et conformité',
      sentences: [
        ['des audits réguliers', searchAccess.certified],
        ['les bonnes pratiques de haute sécurité', searchAccess.benchmark],
        ['des définitions intégrées qui fournissent', searchAccess.policiesAct],
        ['une seule définition intégrée', searchAccess.onePolicy],
      ],
    },
  ],
};
